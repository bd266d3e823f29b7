/** Browser sessions at the login pages: the cookie, the CSRF token, and the user who is signed in. */
import { createHmac, randomBytes } from "node:crypto";
import type { Context as Call } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { createIssuedSecrets } from "../issued-secrets.ts";
import type { Pool, User } from "../model.ts";
import { staysSignedIn } from "../users.ts";
import type { SignedIn } from "../oauth/authorization-codes.ts";
import { newOpaqueToken } from "../random.ts";

/** Named as on AWS (REPOST/cognito-logout-endpoint-globalsignoutapi). */
const cookieName = "cognito";

/** Documented there: a sign-in lasts an hour in its browser. Seconds. */
const lifetime = 3600;

/** A bound on the memory of sign-ins: the oldest go first. */
const most = 10_000;

/** A browser at the pages of one domain. */
export interface Browser {
  /** The CSRF token, which its forms must send: derived from the cookie, and readable by no other site. */
  readonly formToken: string;
  /** The user who is signed in, unless disabled or deleted since. */
  readonly signedIn: (SignedIn & { user: User }) | undefined;
}

export type Browsers = ReturnType<typeof createBrowsers>;

/** Creates an empty store; `now` returns milliseconds since 1970. */
export function createBrowsers(now: () => number) {
  const key = randomBytes(32);
  const sessions = createIssuedSecrets<SignedIn & { poolId: string }>({
    lifetime: lifetime * 1000,
    most,
    now,
  });

  const tokenOf = (id: string) => createHmac("sha256", key).update(id).digest("base64url");

  function signedInUser(pool: Pool, id: string): Browser["signedIn"] {
    const session = sessions.find(id);
    const user = session && pool.aliases.get(session.sub);
    if (session?.poolId !== pool.id || user === undefined || !staysSignedIn(user)) {
      return undefined;
    }
    return { ...session, user };
  }

  return {
    /** The browser of a request; `path` is that of the domain. One without a cookie gets one. */
    of(call: Call, pool: Pool, path: string): Browser {
      const known = getCookie(call, cookieName);
      const id = known ?? newOpaqueToken();
      if (known === undefined) remember(call, path, id);
      return { formToken: tokenOf(id), signedIn: signedInUser(pool, id) };
    },

    /** Signs a user in, with a new cookie (session fixation: an attacker may know the one before). */
    signIn(call: Call, pool: Pool, path: string, user: User): SignedIn {
      const signedIn = { sub: user.sub, authenticatedAt: now() };
      remember(call, path, sessions.issue({ ...signedIn, poolId: pool.id }), lifetime);
      return signedIn;
    },

    /** Ends the sign-in of a browser. */
    signOut(call: Call, path: string): void {
      sessions.end(getCookie(call, cookieName) ?? "");
      remember(call, path, "", 0);
    },
  };
}

/**
 * Only the pages of the domain get the cookie. `Lax`: it is sent when an application redirects here,
 * and never with another site's form. Without `Secure`, since the local cloud serves plain HTTP.
 */
function remember(call: Call, path: string, id: string, maxAge?: number): void {
  const options = { httpOnly: true, sameSite: "Lax", path } as const;
  setCookie(call, cookieName, id, maxAge === undefined ? options : { ...options, maxAge });
}
