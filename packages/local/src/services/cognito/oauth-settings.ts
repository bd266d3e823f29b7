/** What an app client may do on the login pages (documented: COGNITO-API/CreateUserPoolClient). */
import * as z from "zod";

/** Plain HTTP is for tests on the same machine. */
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
const scripts = new Set(["javascript:", "data:", "vbscript:"]);

/** An absolute URI without a fragment, over HTTPS or of an app's own scheme. */
function isRedirectTarget(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || text.includes("#") || scripts.has(url.protocol)) return false;
  return url.protocol !== "http:" || loopback.has(url.hostname);
}

const redirectTargets = z
  .array(
    z
      .string()
      .max(1024)
      .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u, "Not a URI")
      .refine(isRedirectTarget, "Expected an https URI, or http on localhost, without a fragment"),
  )
  .max(100)
  .default([]);

export const oauthFlow = z.enum(["code", "implicit", "client_credentials"]);

/** The members of an app client's settings. */
export const oauthSettings = {
  allowedOauthFlowsUserPoolClient: z.boolean().default(false),
  allowedOauthFlows: z.array(oauthFlow).default([]),
  allowedOauthScopes: z
    .array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/))
    .max(50)
    .default([]),
  callbackUrls: redirectTargets,
  logoutUrls: redirectTargets,
};
