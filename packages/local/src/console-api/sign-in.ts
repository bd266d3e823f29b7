/** Routes by which a request is made: sign a user in, and send. */
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { AwsError } from "../aws-protocol/errors.ts";
import type { Cognito } from "../services/cognito/cognito.ts";
import type { Owner } from "../services/cognito/model.ts";
import { issueTokens } from "../services/cognito/tokens.ts";
import { requireUser } from "../services/cognito/users.ts";
import { ApiProblem } from "./problem.ts";
import { requestParts, sendToApi, sentRequest } from "./replay.ts";
import { bare, defineRoute, type Route } from "./route.ts";
import { signedInSchema, type SignedIn } from "./sign-in-view.ts";
import { register, signedIn, signIn } from "./sign-in-steps.ts";

/** What the routes are about. */
export interface SignInRoutesOptions {
  readonly cognito: Pick<Cognito, "context">;
  /** The address of the API. */
  readonly apiUrl: () => string;
}

const credentials = z.strictObject({
  userPoolId: z.string(),
  username: z.string().min(1, "must not be empty").max(128, "must have at most 128 characters"),
  password: z
    .string()
    .optional()
    .describe("Absent: the operator has a token issued, and the user is not signed in."),
  newPassword: z
    .string()
    .min(1, "must not be empty")
    .max(256, "must have at most 256 characters")
    .optional()
    .describe("In place of a temporary password."),
  code: z.string().optional().describe("The one-time password, for a user with an authenticator."),
  session: z
    .string()
    .optional()
    .describe("Of a new authenticator, which `code` registers; no password is needed then."),
});

/** The routes. */
export function signInRoutes({ cognito: { context }, apiUrl }: SignInRoutesOptions): Route[] {
  function ownerOf(userPoolId: string): Owner {
    const pool = context.pools.list().find(({ id }) => id === userPoolId);
    const [client] = pool?.clients.values() ?? [];
    if (pool !== undefined && client !== undefined) return { pool, client };
    throw new ApiProblem(404, "There is no such user pool with an app client; see GET /users.");
  }

  async function issue(owner: Owner, username: string): Promise<SignedIn> {
    const user = requireUser(owner.pool, username);
    const now = context.now();
    const session = { id: randomUUID(), originJti: randomUUID(), authenticatedAt: now };
    return signedIn(await issueTokens(now, owner, user, { ...session, scopes: undefined }));
  }

  return [
    defineRoute({
      ...bare,
      method: "post",
      path: "/sign-in",
      operationId: "signIn",
      summary:
        "Signs a user in by password, or has a token of the user issued; gives the ID token, or an authenticator to register.",
      body: credentials,
      result: signedInSchema,
      handle: ({ body }) => {
        const owner = ownerOf(body.userPoolId);
        const { password, session, code, username } = body;
        return refusing(() => {
          if (session !== undefined) return register(context, owner, { username, session, code });
          if (password === undefined) return issue(owner, username);
          return signIn(context, owner, { ...body, password });
        });
      },
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/send",
      operationId: "sendRequest",
      summary: "Sends a request to the API; gives its id.",
      body: z.strictObject({
        method: requestParts.method,
        target: requestParts.target,
        headers: requestParts.headers.default([]),
        body: requestParts.body.default(""),
        token: z
          .string()
          .regex(/^[\w.=-]+$/, "expected a JWT")
          .optional()
          .describe("Sent as the Authorization header."),
      }),
      result: sentRequest,
      handle({ body: { token, headers, body, ...rest } }) {
        // Firewalls refuse requests without a user agent, whatever else they are.
        const hasAgent = headers.some(([name]) => name.toLowerCase() === "user-agent");
        const all = [...headers];
        if (!hasAgent) all.push(["User-Agent", "local-cloud-console"]);
        if (token !== undefined) all.push(["Authorization", `Bearer ${token}`]);
        return sendToApi(apiUrl(), { ...rest, headers: all, body: Buffer.from(body) });
      },
    }),
  ];
}

/** What Cognito refuses is said in its words. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError) throw new ApiProblem(409, `${error.code}: ${error.message}`);
    throw error;
  }
}
