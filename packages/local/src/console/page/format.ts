/** Times and durations, as they are shown. */

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** The time of day of a date in ISO 8601, in the user's time zone. */
export const timeOfDay = (time: string) => clock.format(new Date(time));

const calendar = new Intl.DateTimeFormat("en-CA", { dateStyle: "short" });

/** The date and the time of day of a date in ISO 8601, in the user's time zone. */
export const dateAndTime = (time: string) =>
  `${calendar.format(new Date(time))} ${timeOfDay(time)}`;

/** A duration of milliseconds. */
export const duration = (ms: number) =>
  ms < 10
    ? `${ms.toFixed(1)} ms`
    : ms < 10_000
      ? `${Math.round(ms)} ms`
      : `${(ms / 1_000).toFixed(1)} s`;
