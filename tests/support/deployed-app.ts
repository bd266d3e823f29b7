/** This app on a local cloud of its own, deployed by the real SST CLI, with a user in each pool. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import type { Target } from "../../scripts/support/target.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";
import { watchGreetings, type Greetings } from "./greetings.ts";

export interface DeployedApp {
  readonly cloud: LocalCloud;
  readonly target: Target;
  /** A fresh ID token of user1 or user2. */
  token(user: 1 | 2): Promise<string>;
  /** Posts a body to a route. */
  post(path: string, request: PostRequest): Promise<Response>;
  /** What InternalLambda has logged. */
  readonly greetings: Greetings;
  stop(): Promise<void>;
}

export interface PostRequest {
  readonly authorization?: string;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  readonly contentType?: string;
}

export async function deployApp(stage = "local"): Promise<DeployedApp> {
  const cloud = await startLocalCloud();
  try {
    await cloud.deploy({ stage });
    const cognito = new CognitoIdentityProviderClient({
      region: "us-east-1",
      endpoint: cloud.urls.aws,
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    const target = { stage, local: true, cognito };
    for (const number of [1, 2] as const) {
      await createUser(target, await findUserPool(target, number), user(number));
    }
    const greetings = watchGreetings(
      cloud.logs,
      `/aws/lambda/secure-lambda-${stage}-InternalLambda`,
    );
    return {
      cloud,
      target,
      greetings,
      token: async (number) => signIn(target, await findUserPool(target, number), user(number)),
      post: (path, { authorization, body, contentType = "application/json" }) =>
        fetch(`${cloud.urls.api}${path}`, {
          method: "POST",
          headers: {
            "content-type": contentType,
            ...(authorization === undefined ? {} : { authorization }),
          },
          ...(body === undefined
            ? {}
            : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        }),
      async stop() {
        cognito.destroy();
        await cloud.stop();
      },
    };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

const user = (number: 1 | 2) => ({ email: `user${number}@example.com`, password: localPassword });
