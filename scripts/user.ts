/** `npm run user -- create EMAIL --pool 1`: creates a user who can sign in at once. */
import * as z from "zod";
import { runCommand } from "./support/command.ts";
import { promptPassword } from "./support/prompt.ts";
import { findTarget, targetOptions, targetSchema, targetUsage } from "./support/target.ts";
import { findUserPool } from "./support/user-pools.ts";
import { createUser, localPassword } from "./support/users.ts";

await runCommand({
  usage: `Usage: npm run user -- create EMAIL --pool 1|2 [options]

Creates and confirms a user: pool 1 may call /lambda1, pool 2 may call /lambda2.

Options:
  --pool N       the user pool, 1 or 2
${targetUsage}  --password P   the user's password (default: ${localPassword} locally; asked for with --stage)
  --help         show this text
`,
  options: { ...targetOptions, pool: { type: "string" }, password: { type: "string" } },
  schema: targetSchema.extend({
    positionals: z.tuple(
      [z.literal("create"), z.email()],
      'expected "create" and an e-mail address',
    ),
    pool: z.enum(["1", "2"], "expected --pool 1 or --pool 2"),
    password: z.string().min(1).optional(),
  }),
  async run({ positionals: [, email], pool: number, password, ...options }) {
    const target = findTarget(options);
    const pool = await findUserPool(target, number === "1" ? 1 : 2);
    const given =
      password ?? (target.local ? localPassword : await promptPassword(`Password for ${email}: `));
    await createUser(target, pool, { email, password: given });
    process.stdout.write(`Created ${email} in pool ${number} of stage "${target.stage}".\n`);
  },
});
