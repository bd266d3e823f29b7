/** Numbers and times as CloudWatch writes them. */

/** A number as Java writes a double: `3.0`, `1.5E10`. */
export function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${withPoint(digits)}E${Number(exponent)}`;
  }
  return withPoint(String(value));
}

function withPoint(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}

/** A time in JSON, such as `2022-11-08T11:26:05.399+0000`. */
export function awsTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "+0000");
}

/** A time in a StateReason, such as `08/11/22 11:25:00`. */
export function reasonTime(milliseconds: number): string {
  const [, year, month, day, time] =
    /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(awsTime(milliseconds)) ?? [];
  return `${day}/${month}/${year} ${time}`;
}

/** A time in a mail, such as `Sunday 15 June, 2025 12:07:17 UTC`. */
export function mailTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleString("en-US", { ...options, timeZone: "UTC" });
  const days = `${part({ weekday: "long" })} ${part({ day: "2-digit" })} ${part({ month: "long" })}`;
  return `${days}, ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} UTC`;
}
