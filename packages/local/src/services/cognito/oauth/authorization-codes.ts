/** Authorization codes: each works once, for five minutes (documented: COGNITO/authorization-endpoint). */
import { createHash } from "node:crypto";
import { equalInConstantTime } from "../constant-time.ts";
import { createIssuedSecrets } from "../issued-secrets.ts";
import type { Grant } from "../tokens.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { withParameters } from "./redirect.ts";

/** Who signed in on the login pages, and when. */
export interface SignedIn {
  /** The `sub` of the user. */
  sub: string;
  authenticatedAt: number;
}

/** What a code stands for. */
interface CodeGrant extends Grant, SignedIn {
  clientId: string;
  redirectUri: string;
  challenge: string | undefined;
}

export type AuthorizationCodes = ReturnType<typeof createAuthorizationCodes>;

/** A bound on memory: the oldest codes go first. */
const most = 10_000;

/** Creates the codes of all pools; `now` returns milliseconds since 1970. */
export function createAuthorizationCodes(now: () => number) {
  const codes = createIssuedSecrets<CodeGrant>({ lifetime: 300_000, most, now });
  return {
    /** The redirect to the callback URL, with a code for a user. */
    redirect(request: AuthorizationRequest, { sub, authenticatedAt }: SignedIn): string {
      const { client, redirectUri, scopes, nonce, challenge, state } = request;
      const grant = { clientId: client.id, redirectUri, scopes, nonce, challenge };
      const code = codes.issue({ ...grant, sub, authenticatedAt });
      return withParameters(redirectUri, { code, state });
    },

    /** What a code stands for. It works once, even if the request turns out to be invalid. */
    redeem(code: string): CodeGrant | undefined {
      const grant = codes.find(code);
      codes.end(code);
      return grant;
    },
  };
}

/** Whether a verifier is the one of a challenge; without a challenge there must be none (RFC 9700, 4.8). */
export function verifierMatches(
  challenge: string | undefined,
  verifier: string | undefined,
): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  // What a verifier is (RFC 7636, 4.1).
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const made = createHash("sha256").update(verifier).digest("base64url");
  return equalInConstantTime(challenge, made);
}
