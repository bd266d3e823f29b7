/** Refuses settings by which a command for AWS would go elsewhere, or could be read on its way. */
import path from "node:path";
import { parseEnv } from "node:util";
import { checkStageFile, variablesIn } from "@secure-lambda/local/command-line";
import { findProfileEndpoints } from "./aws-profiles.ts";
import {
  awsRules,
  endpointRule,
  envFileRules,
  sstRules,
  type VariableRule,
} from "./aws-variables.ts";
import { CommandError } from "./command-error.ts";
import { textOf } from "./text-of.ts";

/** Checks the environment of a command that calls AWS itself. @throws CommandError naming each setting. */
export async function checkAwsVariables(env: NodeJS.ProcessEnv): Promise<void> {
  refuseVariables("Unset", "", awsRules, (rule) => wrongIn(env, rule));
  await checkProfiles(env);
}

/**
 * The environment for the SST CLI, which adds `.env` to it and lets `.env.STAGE` overrule it: without
 * the shell's settings of Pulumi, which SST sets by itself, with the profile that was checked, and with
 * configured endpoints off unless there are some of AWS. In the files variables are refused whatever
 * they are set to, since the CLI reads values otherwise than Node does.
 * @throws CommandError and EnvFileError naming each setting.
 */
export async function awsEnvironment(
  env: NodeJS.ProcessEnv,
  folder: string,
  stage: string,
): Promise<NodeJS.ProcessEnv> {
  checkStageFile(folder, stage, "AWS");
  refuseVariables("Unset", "", sstRules, (rule) => wrongIn(env, rule));
  const added = variablesIn(path.join(folder, ".env")).filter((name) => env[name] === undefined);
  refuseVariables("Remove", " from .env", envFileRules, ({ names }) =>
    added.filter((name) => names.test(name)),
  );
  const chosen = Object.entries(withEnvFile(env, folder)).filter(([name]) => choosesProfile(name));
  const endpoints = await checkProfiles({ ...env, ...Object.fromEntries(chosen) });
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("PULUMI_"))),
    ...Object.fromEntries(chosen),
    ...(endpoints > 0 || Object.entries(env).some(isEndpoint)
      ? {}
      : { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }),
  };
}

/** The environment with what `.env` adds to it, as Node reads that. */
export function withEnvFile(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  return { ...parseEnv(textOf(path.join(folder, ".env"))), ...env };
}

/**
 * Changes the environment so that AWS's SDK for JavaScript takes the credentials that the SST CLI takes:
 * with what `.env` adds, keys before a profile, and the profile by either name.
 */
export function takeCredentialsAsSst(env: NodeJS.ProcessEnv, folder: string): void {
  Object.assign(env, withEnvFile(env, folder));
  const profile = env["AWS_ACCESS_KEY_ID"] ? "" : env["AWS_PROFILE"] || env["AWS_DEFAULT_PROFILE"];
  if (profile) env["AWS_PROFILE"] = profile;
  else delete env["AWS_PROFILE"];
}

const choosesProfile = (name: string) =>
  /^AWS_(?:DEFAULT_PROFILE|PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE)$/.test(name);

const isEndpoint = ([name, value = ""]: readonly [string, string | undefined]) =>
  endpointRule.names.test(name) && value !== "";

/** How many endpoints the profiles have. @throws CommandError for the first that is not AWS's. */
async function checkProfiles(env: NodeJS.ProcessEnv): Promise<number> {
  const endpoints = await findProfileEndpoints(env);
  const wrong = endpoints.find(({ url }) => endpointRule.isWrong(url));
  if (wrong === undefined) return endpoints.length;
  throw new CommandError(
    `Remove ${wrong.setting} from ${wrong.file} to call AWS, or set AWS_PROFILE to another profile: ${endpointRule.reason}.`,
  );
}

function wrongIn(env: NodeJS.ProcessEnv, { names, isWrong }: VariableRule): string[] {
  return Object.entries(env)
    .filter(([name, value = ""]) => names.test(name) && isWrong(value))
    .map(([name]) => name);
}

function refuseVariables(
  verb: string,
  place: string,
  rules: readonly VariableRule[],
  find: (rule: VariableRule) => readonly string[],
): void {
  const sentences = rules.flatMap((rule) => {
    const names = find(rule);
    return names.length === 0
      ? []
      : [`${verb} ${names.join(", ")}${place} to call AWS: ${rule.reason}.`];
  });
  if (sentences.length > 0) throw new CommandError(sentences.join("\n"));
}
