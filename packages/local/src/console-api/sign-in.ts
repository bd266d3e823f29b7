/** Routes by which a request is made: sign a user in, and send. */
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { AwsError } from "../aws-protocol/errors.ts";
import { secretHash } from "../services/cognito/client-secret.ts";
import type { Cognito } from "../services/cognito/cognito.ts";
import type { SignInStep } from "../services/cognito/complete-sign-in.ts";
import type { Owner } from "../services/cognito/model.ts";
import { signInWithPassword } from "../services/cognito/password-flow.ts";
import { respondToChallenge } from "../services/cognito/sign-in.ts";
import { issueTokens, startSession } from "../services/cognito/tokens.ts";
import { requireUser } from "../services/cognito/users.ts";
import { ApiProblem } from "./problem.ts";
import { requestParts, sendToApi, sentRequest } from "./replay.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the routes are about. */
export interface SignInRoutesOptions {
  readonly cognito: Pick<Cognito, "context">;
  /** The address of the API. */
  readonly apiUrl: () => string;
}

const credentials = z.strictObject({
  userPoolId: z.string(),
  username: z.string().min(1).max(128),
  password: z
    .string()
    .optional()
    .describe("Absent: the operator has a token issued, and the user is not signed in."),
  code: z.string().optional().describe("The one-time password, for a user with an authenticator."),
});

/** The routes. */
export function signInRoutes({ cognito: { context }, apiUrl }: SignInRoutesOptions): Route[] {
  function ownerOf(userPoolId: string): Owner {
    const pool = context.pools.list().find(({ id }) => id === userPoolId);
    const [client] = pool?.clients.values() ?? [];
    if (pool !== undefined && client !== undefined) return { pool, client };
    throw new ApiProblem(404, "There is no such user pool with an app client; see GET /users.");
  }

  async function issue(owner: Owner, username: string): Promise<string | undefined> {
    const user = requireUser(owner.pool, username);
    const now = context.now();
    const session = { id: randomUUID(), originJti: randomUUID(), authenticatedAt: now };
    return (await issueTokens(now, owner, user, { ...session, scopes: undefined })).IdToken;
  }

  async function signIn(
    owner: Owner,
    { username, password, code }: z.output<typeof credentials> & { password: string },
  ): Promise<string | undefined> {
    const { secret, id } = owner.client;
    const named = {
      USERNAME: username,
      ...(secret !== undefined && { SECRET_HASH: secretHash({ secret, id }, username) }),
    };
    let step: SignInStep = signInWithPassword(context, owner, { ...named, PASSWORD: password });
    if ("challenge" in step && step.challenge.ChallengeName === "SOFTWARE_TOKEN_MFA") {
      if (code === undefined)
        throw new ApiProblem(409, "The user has an authenticator: send its code.");
      step = respondToChallenge(context, owner, {
        ChallengeName: "SOFTWARE_TOKEN_MFA",
        Session: step.challenge.Session,
        ChallengeResponses: { ...named, SOFTWARE_TOKEN_MFA_CODE: code },
      });
    }
    if ("challenge" in step) {
      const detail = `Cognito asks for ${step.challenge.ChallengeName}: sign in on the login pages.`;
      throw new ApiProblem(409, detail);
    }
    return (await startSession(context, owner, step.user)).IdToken;
  }

  return [
    defineRoute({
      ...bare,
      method: "post",
      path: "/sign-in",
      operationId: "signIn",
      summary:
        "Signs a user in by password, or has a token of the user issued; gives the ID token.",
      body: credentials,
      result: z.strictObject({ idToken: z.string() }),
      async handle({ body }) {
        const owner = ownerOf(body.userPoolId);
        const { password, username } = body;
        const idToken = await refusing(() =>
          password === undefined ? issue(owner, username) : signIn(owner, { ...body, password }),
        );
        if (idToken === undefined) throw new ApiProblem(409, "Cognito issued no ID token.");
        return { idToken };
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
