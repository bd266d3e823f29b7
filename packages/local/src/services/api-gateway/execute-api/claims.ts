/** A token's claims in the form of a Lambda event: strings only. */

/**
 * Writes claims as strings: times of issue and expiry in Java's form, lists joined by commas,
 * objects as JSON (reported: amazon-archives/amazon-cognito-identity-js#92; lists and objects are
 * assumed).
 */
export function stringifyClaims(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      (name === "exp" || name === "iat") && typeof value === "number"
        ? javaDate(value)
        : stringify(value),
    ]),
  );
}

function stringify(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(stringify).join(",");
  return JSON.stringify(value);
}

/** Seconds since 1970 as `Fri Jul 29 18:52:53 UTC 2016`. */
function javaDate(seconds: number): string {
  const [weekday, day, month, year, clock] = new Date(seconds * 1000)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${day} ${clock} UTC ${year}`;
}
