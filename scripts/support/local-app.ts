/** This app on a local cloud, with a user in each pool and requests to paste. */
import { parseArgs } from "node:util";
import { routes } from "@secure-lambda/functions/contract";
import { messageOf, runLocalCloud, type LocalCloud, type Terminal } from "@secure-lambda/local";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { findTarget } from "./target.ts";
import { checkStackTypes } from "./type-check.ts";
import { findUserPool } from "./user-pools.ts";
import { createUser, localPassword } from "./users.ts";

/** Runs it until it is interrupted; the exit code. `command` is how it is called, for the usage. */
export async function runLocalApp(command: string, args: readonly string[]): Promise<number> {
  try {
    checkStage(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
  return runLocalCloud({ args, command, check: checkStackTypes, prepare });
}

/** Every other option is the local cloud's to understand. @throws SettingsError for a stage that cannot be deployed. */
function checkStage(args: readonly string[]): void {
  const options = { stage: { type: "string" } } as const;
  const { stage } = parseArgs({ args: [...args], options, strict: false }).values;
  if (typeof stage === "string") settingsFor(stage);
}

async function prepare(
  cloud: LocalCloud,
  stage: string,
  terminal: Terminal,
): Promise<readonly string[]> {
  await createLocalUsers(cloud, stage);
  return [
    "",
    ...routes.map(
      ({ path, userPool }) =>
        `  POST ${cloud.urls.api}${path}   ${terminal.style("dim", `user${userPool}@example.com, AGAuthorizer${userPool}`)}`,
    ),
    "",
    ...requestsToTry(stage, cloud.urls.api),
    "",
  ];
}

/** What to paste into a second terminal: requests that a stage's settings let somebody make here. */
export function requestsToTry(stage: string, apiUrl: string): readonly string[] {
  const { mfa, firewall } = settingsFor(stage);
  if (mfa !== "required") {
    return [
      "  Try it in a second terminal:",
      "",
      `  TOKEN=$(npm run -s token -- user1@example.com)`,
      `  curl ${apiUrl}/lambda1 -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"name":"Ada"}'`,
    ];
  }
  return [
    `  Nobody can sign in here: stage "${stage}" requires one-time passwords, which the local cloud has not.`,
    `  What stands before the sign-in can be tried in a second terminal, as what the firewall ${firewall.mode}s:`,
    "",
    `  curl ${apiUrl}/lambda1 -H 'X-Test: \${jndi:ldap://x}' -d '{}'`,
  ];
}

/** One user for each route: user1@example.com in pool 1, user2@example.com in pool 2. */
async function createLocalUsers(cloud: LocalCloud, stage: string): Promise<void> {
  const target = findTarget({ stage, "aws-port": new URL(cloud.urls.aws).port });
  for (const { userPool } of routes) {
    const pool = await findUserPool(target, userPool);
    await createUser(target, pool, {
      email: `user${userPool}@example.com`,
      password: localPassword,
    });
  }
}
