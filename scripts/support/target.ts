/** Where an operator command works: the local cloud of this folder, or a stage on AWS. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { Option } from "@commander-js/extra-typings";
import {
  columnsOf,
  findRunningClouds,
  parseWith,
  type RunningCloud,
  UsageError,
  wrap,
} from "@secure-lambda/local/command-line";
import * as z from "zod";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { checkAwsVariables } from "./aws-environment.ts";
import { CommandError } from "./command-error.ts";
import { parseStage } from "./stage.ts";

/** The configuration of an AWS client: of the local cloud, or with the operator's settings for AWS. */
export type AwsConfig = { readonly region: string } | ReturnType<typeof localConfig>;

/** A deployed stage and how to call its services. */
export interface DeployedStage {
  readonly stage: string;
  readonly local: boolean;
  readonly aws: AwsConfig;
  /** The API's address, if a local cloud has announced it. */
  readonly apiUrl?: string | undefined;
}

/** A stage and its Cognito. */
export interface Target {
  readonly stage: string;
  readonly local: boolean;
  readonly cognito: CognitoIdentityProviderClient;
}

/** What a command's options say about its target. */
export interface TargetOptions {
  readonly stage?: string | undefined;
  readonly awsPort?: string | undefined;
}

/** The option that names a stage on AWS. */
export const stageOption = new Option(
  "--stage <name>",
  "a stage deployed to AWS, with your credentials (default: the local cloud)",
).argParser(parseStage);

/** The option that names a local cloud. */
export const awsPortOption = new Option(
  "--aws-port <n>",
  "the local cloud with this port of its AWS endpoint (default: the newest one of this folder)",
).argParser(
  parseWith(
    z
      .string()
      .regex(/^\d+$/, { error: "Expected a port number.", abort: true })
      .refine((port) => Number(port) >= 1 && Number(port) <= 65_535, "Expected 1 to 65535."),
  ),
);

/**
 * For clients of a local cloud: every setting that a client would otherwise take from the environment
 * or a profile, which are for AWS.
 */
function localConfig(endpoint: string, region: string) {
  return {
    endpoint,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    defaultsMode: "legacy" as const,
    maxAttempts: 3,
    retryMode: "standard",
    authSchemePreference: [],
    userAgentAppId: "",
  };
}

/**
 * Finds the stage.
 * @throws CommandError when no local cloud runs and no stage is named, and for settings that lead
 * elsewhere than to AWS; UsageError for the stage of the local cloud on AWS.
 */
export async function findStage({ stage, awsPort }: TargetOptions): Promise<DeployedStage> {
  if (stage !== undefined && awsPort === undefined) {
    if (stage === "local") {
      throw new UsageError(
        "option '--stage <name>' argument 'local' is invalid. It is the stage of the local cloud and does not exist on AWS: leave out --stage to use the local cloud that runs in this folder.",
      );
    }
    await checkAwsVariables(process.env);
    return { stage, local: false, aws: { region: settingsFor(stage).region } };
  }
  return findLocalCloud({ stage, awsPort }, ", or name a deployed stage with --stage");
}

/**
 * Finds a local cloud; `otherwise` is what else its user can do.
 * @throws CommandError when none runs in this folder and no port is named.
 */
export function findLocalCloud({ stage, awsPort }: TargetOptions, otherwise = "") {
  const running = findRunningClouds(".");
  const endpoint = awsPort === undefined ? running[0]?.awsUrl : `http://127.0.0.1:${awsPort}`;
  if (endpoint === undefined) {
    throw new CommandError(
      `No local cloud is running in this folder. Start one with "npm start" in another terminal${otherwise}.`,
    );
  }
  if (awsPort === undefined && running.length > 1) reportChoice(running);
  // A cloud whose port was named need not be one of this folder's.
  const announced = running.find(({ awsUrl }) => awsUrl === endpoint);
  const name = stage ?? announced?.stage ?? "local";
  return {
    stage: name,
    local: true,
    aws: localConfig(endpoint, settingsFor(name).region),
    apiUrl: announced?.apiUrl,
  };
}

/** Says on standard error which of several local clouds is meant; the newest comes first. */
function reportChoice(running: readonly RunningCloud[]): void {
  const [newest, ...others] = running.map(({ awsUrl }) => `--aws-port ${new URL(awsUrl).port}`);
  const text = `${running.length} local clouds run in this folder. This command uses the newest, ${newest}; choose another with ${others.join(" or ")}.`;
  process.stderr.write(`${wrap(text, columnsOf(process.stderr)).join("\n")}\n`);
}

/** Finds the target. @throws CommandError as `findStage` does. */
export async function findTarget(options: TargetOptions): Promise<Target> {
  return targetAt(await findStage(options));
}

/** The stage's Cognito. */
export function targetAt({ stage, local, aws }: DeployedStage): Target {
  return { stage, local, cognito: new CognitoIdentityProviderClient({ ...aws }) };
}
