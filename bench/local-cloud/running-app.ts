/** `npm start` as a user runs it, in a process of its own, from its start to its ready line. */
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { runInGroup } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { targetAt, type AwsConfig } from "../../scripts/support/target.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { localPassword, signIn } from "../../scripts/support/users.ts";
import { namesOf } from "../../stacks/settings/names.ts";

/** The running app. */
export interface RunningApp {
  /** Milliseconds to the line that says `ready`. */
  readonly startUpMs: number;
  readonly apiUrl: string;
  readonly awsUrl: string;
  readonly consoleUrl: string;
  stop(): Promise<void>;
}

const readySchema = z.object({
  ready: z.literal(true),
  apiUrl: z.url(),
  awsUrl: z.url(),
  consoleUrl: z.url(),
});

/** Starts the app in `project`. @throws Error with what it printed when it ends before it is ready. */
export async function startApp(project: string): Promise<RunningApp> {
  const stopping = new AbortController();
  const ready = Promise.withResolvers<z.infer<typeof readySchema>>();
  const printed: string[] = [];
  const startedAt = performance.now();
  const ended = runInGroup({
    command: process.execPath,
    args: ["scripts/start.ts", "--port", "0", "--aws-port", "0", "--json"],
    cwd: project,
    env: process.env,
    signal: stopping.signal,
    onLine(line) {
      if (line.startsWith('{"ready"')) ready.resolve(readySchema.parse(JSON.parse(line)));
      else if (printed.length < 200) printed.push(line);
    },
  }).catch(() => null);
  void ended.then(() => ready.reject(new Error(`npm start ended early:\n${printed.join("\n")}`)));
  const { apiUrl, awsUrl, consoleUrl } = await ready.promise;
  return {
    startUpMs: performance.now() - startedAt,
    apiUrl,
    awsUrl,
    consoleUrl,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

const awsAt = (endpoint: string): AwsConfig => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});

/** An ID token of the user of /lambda1. */
export async function tokenFrom({ awsUrl }: RunningApp): Promise<string> {
  const target = targetAt({ stage: "local", local: true, aws: awsAt(awsUrl) });
  const pool = await findUserPool(target, 1);
  return signIn(target, pool, { email: "user1@example.com", password: localPassword });
}

/** The name of the function behind the API. */
export const functionName = namesOf("local").resource("ExternalLambda");

/** The function's environment, as the app was deployed. */
export async function environmentIn({ awsUrl }: RunningApp): Promise<Record<string, string>> {
  const lambda = new LambdaClient({ ...awsAt(awsUrl) });
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  return Environment?.Variables ?? {};
}
