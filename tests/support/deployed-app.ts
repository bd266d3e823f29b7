/** This app on a local cloud, deployed by the real SST CLI, with a user in each pool. */
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { requestExamples } from "../../scripts/support/example-request.ts";
import { openCallers, type Callers } from "./callers.ts";
import { watchGreetings, type Greetings } from "./greetings.ts";
import type { ReadableLogs } from "./log-lines.ts";
import { namesOf } from "../../stacks/settings/names.ts";

/** Where a stage runs. */
export interface Stage {
  readonly stage: string;
  readonly urls: LocalCloud["urls"];
  readonly logs: ReadableLogs;
}

/** A stage as its callers and operators know it. */
export interface App extends Stage, Callers {
  /** What InternalLambda has logged. */
  readonly greetings: Greetings;
}

/** This app, and the local cloud that was started for it. */
export interface DeployedApp extends App {
  readonly cloud: LocalCloud;
  stop(): Promise<void>;
}

/** What to deploy: by default this app as stage `local`. */
export interface Deployment {
  readonly stage?: string;
  /** The folder of a copy of this app. */
  readonly project?: string;
  /** The description of its API, as the console shows it. */
  readonly apiDocument?: object;
}

/** Deploys this app to a local cloud of its own and creates user1 and user2. */
export async function deployApp({
  stage = "local",
  project = ".",
  ...more
}: Deployment = {}): Promise<DeployedApp> {
  // A minute passes in a second: failed events are tried again within three.
  const cloud = await startLocalCloud({ project, speed: 60, examples: requestExamples, ...more });
  try {
    await cloud.deploy({ stage });
    const { urls, logs } = cloud;
    const app = openApp({ stage, urls, logs });
    await app.createUsers();
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

/** A stage that is deployed already. */
export function openApp({ stage, urls, logs }: Stage): App {
  return {
    ...openCallers(stage, urls),
    stage,
    urls,
    logs,
    greetings: watchGreetings(logs, namesOf(stage).functionLog("InternalLambda")),
  };
}
