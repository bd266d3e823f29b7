/** This app on a local cloud, with a user in each pool and requests to paste. */
import { routeRows, routes, userPools } from "@secure-lambda/functions/contract";
import { runLocalCloud, type LocalCloud, type RunArgs } from "@secure-lambda/local";
import type { Terminal } from "@secure-lambda/local/command-line";
import { authorizerName } from "../../stacks/settings/names.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { curlLine, exampleRequest } from "./example-request.ts";
import { stageSchema } from "./stage.ts";
import { findTarget } from "./target.ts";
import { showNoteOnUnnamed } from "./unnamed-stage.ts";
import { checkStackTypes } from "./type-check.ts";
import { findUserPool, type UserPool } from "./user-pools.ts";
import { createUser, localPassword } from "./users.ts";

const regionOf = (stage: string) => settingsFor(stage).region;

/** Runs it until it is interrupted. */
export function runLocalApp(
  texts: Pick<RunArgs, "name" | "description" | "alwaysDev">,
): Promise<void> {
  const args = process.argv.slice(2);
  return runLocalCloud({
    ...texts,
    args,
    stageSchema,
    regionOf,
    deadLetterHelp: "To list it: npm run redrive -- --dry-run",
    check: checkStackTypes,
    prepare,
  });
}

async function prepare(
  cloud: LocalCloud,
  stage: string,
  terminal: Terminal,
): Promise<readonly string[]> {
  await createLocalUsers(cloud, stage);
  showNoteOnUnnamed(terminal, stage);
  return [
    "",
    ...routeRows.map(
      ({ method, path, userPool }) =>
        `  ${method} ${cloud.urls.api}${path}   ${terminal.style("dim", `user${userPool}@example.com, ${authorizerName(userPool)}`)}`,
    ),
    "",
    ...requestsToTry(stage, cloud.urls.api),
    "",
  ];
}

/** What to paste into a second terminal: requests that a stage's settings allow on a local cloud. */
export function requestsToTry(stage: string, apiUrl: string): readonly string[] {
  const { mfa, corsOrigin } = settingsFor(stage);
  const request = exampleRequest(apiUrl, routes.lambda1);
  return [
    "  Try it in a second terminal:",
    "",
    `  TOKEN=$(npm run -s token -- user${routes.lambda1.userPool}@example.com)`,
    `  ${curlLine(request)}`,
    ...(corsOrigin?.startsWith("http://localhost")
      ? ["", `  or in a browser, at ${corsOrigin}:`, "", "  npm run web"]
      : []),
    ...(mfa === "required"
      ? [
          "",
          `  Stage "${stage}" requires one-time passwords: the first sign-in shows what to add`,
          "  to an authenticator. What the firewall refuses before that:",
          "",
          `  curl ${request.url} -H 'X-Test: \${jndi:ldap://x}' -d '{}'`,
        ]
      : []),
  ];
}

/** One user in each pool: user1@example.com in pool 1, and so on. */
async function createLocalUsers(cloud: LocalCloud, stage: string): Promise<void> {
  const target = await findTarget({ stage, awsPort: new URL(cloud.urls.aws).port });
  const create = async (number: UserPool["number"]) => {
    const user = { email: `user${number}@example.com`, password: localPassword };
    await createUser(target, await findUserPool(target, number), user);
  };
  await Promise.all(userPools.map(create));
}
