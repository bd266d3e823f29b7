/** Refuses settings by which a deployment to AWS would go elsewhere, or could be read on its way. */
import fs from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { CommandError } from "../support/command-error.ts";

/**
 * Checks the environment as the SST CLI will see it: `.env` adds to it, `.env.STAGE` overrules it.
 * @throws CommandError naming each variable, such as an endpoint that is set for a local cloud.
 */
export function checkAwsEnvironment(env: NodeJS.ProcessEnv, folder: string, stage: string): void {
  const read = (file: string) => {
    const place = path.join(folder, file);
    return fs.statSync(place, { throwIfNoEntry: false })?.isFile()
      ? parseEnv(fs.readFileSync(place, "utf8"))
      : {};
  };
  const seen = { ...read(".env"), ...env, ...read(`.env.${stage}`) };
  const refused = Object.entries(seen)
    .filter(([name, value]) => isElsewhere(name, value) || isUnverified(name, value))
    .map(([name]) => name);
  if (refused.length === 0) return;
  throw new CommandError(
    `Unset ${refused.join(", ")} to deploy to AWS: an endpoint must begin with https://, and certificates must be verified.`,
  );
}

const isElsewhere = (name: string, value = "") =>
  /^AWS_ENDPOINT_URL(?:_|$)/.test(name) && value !== "" && !value.startsWith("https://");

const isUnverified = (name: string, value = "") =>
  name === "NODE_TLS_REJECT_UNAUTHORIZED" && value === "0";
