/** The other texts of a signed token: what a lenient decoder reads as the same token. */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A token with padding, other last bits or the other alphabet in a part (RFC 4648, 3.2, 3.5 and 4). */
export function otherTexts(token: string): string[] {
  const parts = token.split(".");
  return parts.flatMap((part, index) =>
    otherTextsOf(part).map((text) => parts.with(index, text).join(".")),
  );
}

function otherTextsOf(part: string): string[] {
  const bytes = Buffer.from(part, "base64url");
  return alphabet
    .split("")
    .map((last) => part.slice(0, -1) + last)
    .filter((text) => Buffer.from(text, "base64url").equals(bytes))
    .flatMap((text) => [text, `${text}=`, `${text}==`])
    .concat(part.replaceAll("-", "+").replaceAll("_", "/"))
    .filter((text) => text !== part);
}
