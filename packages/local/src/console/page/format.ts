/** Times and durations, as they are shown. */

const parts = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
const clock = new Intl.DateTimeFormat("en-GB", { ...parts, fractionalSecondDigits: 3 });
const wholeSeconds = new Intl.DateTimeFormat("en-GB", parts);

/** The time of day of a date in ISO 8601, in the user's time zone. */
export const timeOfDay = (time: string) => clock.format(new Date(time));

/** The same of milliseconds since 1970, to the second. */
export const secondOfDay = (time: number) => wholeSeconds.format(time);

const calendar = new Intl.DateTimeFormat("en-CA", { dateStyle: "short" });

/** The date and the time of day of a date in ISO 8601, to the second. */
export const dateAndTime = (time: string) =>
  `${calendar.format(new Date(time))} ${wholeSeconds.format(new Date(time))}`;

/** A duration of milliseconds. */
export const duration = (ms: number) =>
  ms > 0 && ms < 0.05
    ? "< 0.1 ms"
    : ms < 10
      ? `${ms.toFixed(1)} ms`
      : ms < 10_000
        ? `${Math.round(ms)} ms`
        : `${(ms / 1_000).toFixed(1)} s`;
