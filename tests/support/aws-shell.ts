/** The shell of an operator on a machine without AWS profiles, and commands for AWS that start from it. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach } from "vitest";
import {
  awsEnvironment,
  checkAwsVariables,
  takeCredentialsAsSst,
} from "../../scripts/support/aws-environment.ts";

/** Has a folder for each test, which is the home as well as the app. */
export function useAwsShell() {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "aws-shell-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const fileAt = (file: string) => path.join(folder, file);
  const shell = (env: NodeJS.ProcessEnv) => ({ HOME: folder, ...env });

  return {
    folder: () => folder,
    fileAt,
    write: (file: string, text: string): void => {
      fs.mkdirSync(path.dirname(fileAt(file)), { recursive: true });
      fs.writeFileSync(fileAt(file), text);
    },
    shell,
    /** The environment of the SST CLI for stage `prod`. */
    environment: async (env: NodeJS.ProcessEnv) => awsEnvironment(shell(env), folder, "prod"),
    /** The profile and the keys with which `npm run deploy` asks the account. */
    asSst: (env: NodeJS.ProcessEnv) => {
      const taken: NodeJS.ProcessEnv = shell(env);
      takeCredentialsAsSst(taken, folder);
      return [taken["AWS_PROFILE"], taken["AWS_ACCESS_KEY_ID"]];
    },
    /** The check of a command that calls AWS itself. */
    ownClients: async (env: NodeJS.ProcessEnv) => checkAwsVariables(shell(env)),
  };
}

/** Why an endpoint is refused. */
export const endpointReason = "an endpoint must be one of AWS's services, by https.";
