/** Web addresses and e-mail addresses of settings, as AWS takes and browsers send them. */
import * as z from "zod";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const hostname = String.raw`${label}(?:\.${label})*`;
const port = String.raw`(?::\d{1,5})?`;
const loopback = String.raw`(?:localhost|127\.0\.0\.1|\[::1\])`;

/**
 * As browsers send it, in lower case and without port 443: it is compared as a text. A host's name has
 * no quote and no `$`: API Gateway takes the origin as a literal in quotes.
 */
export const exactOrigin = z
  .string()
  .regex(new RegExp(`^(?:https://${hostname}|http://localhost)${port}$`), {
    error: "must be one exact https origin, such as https://app.example.com",
    abort: true,
  })
  .refine((origin) => URL.canParse(origin), { error: "must have a port up to 65535", abort: true })
  .refine((origin) => URL.parse(origin)?.origin === origin, {
    error: ({ input }) =>
      `must be written as browsers send it: ${URL.parse(String(input))?.origin}`,
  });

/** What a URI can have after its host (RFC 3986): Cognito asks for one, without a fragment. */
const afterHost = String.raw`(?:[/?](?:[\w.~!$&'()*+,;=:@/?-]|%[\dA-Fa-f]{2})*)?`;

/** Documented: COGNITO-API/CreateUserPoolClient. */
const callbackUrl = z
  .string()
  .max(1_024)
  .regex(new RegExp(`^(?:https://${hostname}|http://${loopback})${port}${afterHost}$`), {
    error:
      "must be an https URL with its host in lower case, or http on localhost, without a fragment, and with other characters than those of a URI percent-encoded",
    abort: true,
  })
  .refine((url) => URL.canParse(url), { error: "must have a port up to 65535" });

/** The URLs of one client of a user pool; none without a web application. */
export const callbackUrls = z
  .array(callbackUrl)
  .max(100)
  .refine((urls) => new Set(urls).size === urls.length, { error: "must name each URL once" })
  .readonly();

/** The lengths that mail has (RFC 5321, 4.5.3.1). */
export const email = z
  .email({ abort: true })
  .max(254, { abort: true })
  .regex(new RegExp(`^[^@]{1,64}@${hostname}$`, "i"), {
    abort: true,
    error: "must have at most 64 characters before the @, and a host name after it",
  });
