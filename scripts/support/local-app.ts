/** This app on a local cloud, with a user in each pool and requests to paste. */
import { routes } from "@secure-lambda/core/contract";
import { runLocalCloud, type LocalCloud, type Terminal } from "@secure-lambda/local";
import { findTarget } from "./target.ts";
import { checkStackTypes } from "./type-check.ts";
import { findUserPool } from "./user-pools.ts";
import { createUser, localPassword } from "./users.ts";

/** Runs it until it is interrupted; the exit code. `command` is how it is called, for the usage. */
export function runLocalApp(command: string, args: readonly string[]): Promise<number> {
  return runLocalCloud({ args, command, check: checkStackTypes, prepare });
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
    "  Try it in a second terminal:",
    "",
    `  TOKEN=$(npm run -s token -- user1@example.com)`,
    `  curl ${cloud.urls.api}/lambda1 -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"name":"Ada"}'`,
    "",
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
