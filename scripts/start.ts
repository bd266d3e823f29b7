/** `npm start`: this app on a local cloud, with a user in each pool and requests to paste. */
import { routes } from "@secure-lambda/core/contract";
import { runLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { findTarget } from "./support/target.ts";
import { checkStackTypes } from "./support/type-check.ts";
import { findUserPool } from "./support/user-pools.ts";
import { createUser, localPassword } from "./support/users.ts";

process.exitCode = await runLocalCloud({
  args: process.argv.slice(2),
  command: "npm start --",
  check: checkStackTypes,
  prepare: async (cloud, terminal) => {
    await createLocalUsers(cloud);
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
  },
});

/** One user for each route: user1@example.com in pool 1, user2@example.com in pool 2. */
async function createLocalUsers(cloud: LocalCloud): Promise<void> {
  const target = findTarget({ "aws-port": new URL(cloud.urls.aws).port });
  for (const { userPool } of routes) {
    const pool = await findUserPool(target, userPool);
    await createUser(target, pool, {
      email: `user${userPool}@example.com`,
      password: localPassword,
    });
  }
}
