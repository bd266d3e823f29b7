/** The callers of a stage: its users, their tokens, and what they post. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { greetRequest, type UserPool, userPools } from "@secure-lambda/functions/contract";
import type { Target } from "../../scripts/support/target.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";

/** A request of a caller. */
export interface PostRequest {
  readonly authorization?: string;
  /** An object is sent as JSON, with the fields of the contract's example that it lacks. */
  readonly body?: object | string;
  readonly contentType?: string;
}

/** What callers do. */
export interface Callers {
  readonly target: Target;
  /** Creates user1, user2 and so on, each in the pool of that number. */
  createUsers(): Promise<void>;
  /** A fresh ID token of the user of that pool. */
  token(user: UserPool): Promise<string>;
  /** Posts a body to a route. */
  post(path: string, request: PostRequest): Promise<Response>;
  /** Ends the connections; what was created stays. */
  close(): void;
}

/** The callers of a stage on a local cloud. */
export function openCallers(stage: string, urls: { api: string; aws: string }): Callers {
  const cognito = new CognitoIdentityProviderClient({
    region: "us-east-1",
    endpoint: urls.aws,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const target = { stage, local: true, cognito };
  return {
    target,
    async createUsers() {
      for (const number of userPools) {
        await createUser(target, await findUserPool(target, number), user(number));
      }
    },
    token: async (number) => signIn(target, await findUserPool(target, number), user(number)),
    post: (path, { authorization, body, contentType = "application/json" }) =>
      fetch(`${urls.api}${path}`, {
        method: "POST",
        headers: {
          "content-type": contentType,
          ...(authorization === undefined ? {} : { authorization }),
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : jsonOf(body) }),
      }),
    close: () => cognito.destroy(),
  };
}

const jsonOf = (body: object) => JSON.stringify({ ...greetRequest.example, ...body });

const user = (number: UserPool) => ({
  email: `user${number}@example.com`,
  password: localPassword,
});
