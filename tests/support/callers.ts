/** The callers of a stage: its users, their tokens, and what they post. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { Target } from "../../scripts/support/target.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";

/** A request of a caller. */
export interface PostRequest {
  readonly authorization?: string;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  readonly contentType?: string;
}

/** What callers do. */
export interface Callers {
  readonly target: Target;
  /** Creates user1 and user2, each in the pool of that number. */
  createUsers(): Promise<void>;
  /** A fresh ID token of user1 or user2. */
  token(user: 1 | 2): Promise<string>;
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
      for (const number of [1, 2] as const) {
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
        ...(body === undefined
          ? {}
          : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    close: () => cognito.destroy(),
  };
}

const user = (number: 1 | 2) => ({ email: `user${number}@example.com`, password: localPassword });
