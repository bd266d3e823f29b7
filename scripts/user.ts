/** `npm run user -- create|delete EMAIL --pool N`: creates a user who can sign in at once, or deletes one. */
import * as z from "zod";
import { runCommand } from "./support/command.ts";
import { promptPassword } from "./support/prompt.ts";
import { findTarget, targetOptions, targetSchema, targetUsage } from "./support/target.ts";
import { findUserPool, poolNumber } from "./support/user-pools.ts";
import { createUser, deleteUser, localPassword } from "./support/users.ts";

await runCommand({
  usage: `Usage: npm run user -- create EMAIL --pool 1|2 [options]
       npm run user -- delete EMAIL --pool 1|2 [options]

Creates and confirms a user, or deletes one: pool 1 may call /lambda1, pool 2 may call /lambda2.

Options:
  --pool N       the user pool, 1 or 2
${targetUsage}  --password P   the new user's password (default: ${localPassword} locally; asked for with --stage)
  --help         show this text
`,
  options: { ...targetOptions, pool: { type: "string" }, password: { type: "string" } },
  schema: targetSchema
    .extend({
      positionals: z.tuple(
        [z.enum(["create", "delete"], 'expected "create" or "delete" first'), z.email()],
        'expected "create" or "delete", and an e-mail address',
      ),
      pool: poolNumber,
      password: z.string().min(1).optional(),
    })
    .refine(({ positionals: [verb], password }) => verb === "create" || password === undefined, {
      path: ["password"],
      error: "is for create alone",
    }),
  async run({ positionals: [verb, email], pool: number, password, ...options }) {
    const target = findTarget(options);
    const pool = await findUserPool(target, number);
    const where = `pool ${number} of stage "${target.stage}"`;
    if (verb === "delete") {
      await deleteUser(target, pool, email);
      process.stdout.write(`Deleted ${email} from ${where}.\n`);
      return;
    }
    const given =
      password ?? (target.local ? localPassword : await promptPassword(`Password for ${email}: `));
    await createUser(target, pool, { email, password: given });
    process.stdout.write(`Created ${email} in ${where}.\n`);
  },
});
