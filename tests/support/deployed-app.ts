/** This app on a local cloud, deployed by the real SST CLI, with a user in each pool. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import type { Target } from "../../scripts/support/target.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";
import { watchGreetings, type Greetings, type ReadableLogs } from "./greetings.ts";

/** Where a stage runs. */
export interface Stage {
  readonly stage: string;
  readonly urls: LocalCloud["urls"];
  readonly logs: ReadableLogs;
}

/** A stage as its callers and operators know it. */
export interface App extends Stage {
  readonly target: Target;
  /** A fresh ID token of user1 or user2. */
  token(user: 1 | 2): Promise<string>;
  /** Posts a body to a route. */
  post(path: string, request: PostRequest): Promise<Response>;
  /** What InternalLambda has logged. */
  readonly greetings: Greetings;
  /** Ends the connections to it; it stays. */
  close(): void;
}

/** A request of a caller. */
export interface PostRequest {
  readonly authorization?: string;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  readonly contentType?: string;
}

/** This app, and the local cloud that was started for it. */
export interface DeployedApp extends App {
  readonly cloud: LocalCloud;
  stop(): Promise<void>;
}

/** What to deploy: this app as stage `local`, unless told. */
export interface Deployment {
  readonly stage?: string;
  /** The folder of a copy of this app. */
  readonly project?: string;
}

/** Deploys this app to a local cloud of its own and creates user1 and user2. */
export async function deployApp({
  stage = "local",
  project = ".",
}: Deployment = {}): Promise<DeployedApp> {
  const cloud = await startLocalCloud({ project });
  try {
    await cloud.deploy({ stage });
    const { urls, logs } = cloud;
    const app = openApp({ stage, urls, logs });
    for (const number of [1, 2] as const) {
      await createUser(app.target, await findUserPool(app.target, number), user(number));
    }
    return {
      ...app,
      cloud,
      async stop() {
        app.close();
        await cloud.stop();
      },
    };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

/** A stage that is deployed already, with its users. */
export function openApp({ stage, urls, logs }: Stage): App {
  const cognito = new CognitoIdentityProviderClient({
    region: "us-east-1",
    endpoint: urls.aws,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const target = { stage, local: true, cognito };
  return {
    stage,
    urls,
    logs,
    target,
    greetings: watchGreetings(logs, `/aws/lambda/secure-lambda-${stage}-InternalLambda`),
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
