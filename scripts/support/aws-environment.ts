/** Refuses settings by which a command for AWS would go elsewhere, or could be read on its way. */
import path from "node:path";
import { isAwsHost, variablesIn } from "@secure-lambda/local/command-line";
import { CommandError } from "./command-error.ts";

/**
 * Checks the environment as the SST CLI will see it: `.env` adds to it, `.env.STAGE` overrules it.
 * In these files the variables are refused whatever they are set to: the CLI reads values otherwise
 * than Node does.
 * @throws CommandError naming each variable, such as an endpoint that is set for a local cloud.
 */
export function checkAwsEnvironment(env: NodeJS.ProcessEnv, folder: string, stage: string): void {
  checkAwsVariables(env);
  const inFile = (file: string) => variablesIn(path.join(folder, file)).filter(isChecked);
  const added = inFile(".env").filter((name) => env[name] === undefined);
  if (added.length > 0) throw refusal("Remove", added, " from .env");
  const overruled = inFile(`.env.${stage}`);
  if (overruled.length > 0) throw refusal("Remove", overruled, ` from .env.${stage}`);
}

/** Checks the environment of a command that calls AWS itself. @throws CommandError as above. */
export function checkAwsVariables(env: NodeJS.ProcessEnv): void {
  const wrong = wrongIn(env);
  if (wrong.length > 0) throw refusal("Unset", wrong);
}

const refusal = (verb: string, names: readonly string[], place = "") =>
  new CommandError(
    `${verb} ${names.join(", ")}${place} to call AWS: an endpoint must be one of AWS, by https, and certificates must be verified.`,
  );

const isEndpoint = (name: string) => /^AWS_ENDPOINT_URL(?:_|$)/.test(name);
const isChecked = (name: string) => isEndpoint(name) || name === "NODE_TLS_REJECT_UNAUTHORIZED";

const wrongIn = (env: NodeJS.ProcessEnv) =>
  Object.entries(env)
    .filter(([name, value = ""]) =>
      isEndpoint(name)
        ? value !== "" && !isOfAws(value)
        : name === "NODE_TLS_REJECT_UNAUTHORIZED" && value === "0",
    )
    .map(([name]) => name);

function isOfAws(url: string): boolean {
  const { protocol, hostname = "" } = URL.parse(url) ?? {};
  return protocol === "https:" && isAwsHost(hostname);
}
