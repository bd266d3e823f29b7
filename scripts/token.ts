/** `npm run -s token -- EMAIL`: prints a user's ID token, and nothing else. */
import * as z from "zod";
import { runCommand } from "./support/command.ts";
import { promptPassword } from "./support/prompt.ts";
import { findTarget, targetOptions, targetSchema, targetUsage } from "./support/target.ts";
import { findPoolOfUser, poolNumber } from "./support/user-pools.ts";
import { localPassword, signIn } from "./support/users.ts";

await runCommand({
  usage: `Usage: npm run -s token -- EMAIL [options]

Signs the user in and prints the ID token on standard output.

Options:
  --pool N       the user's pool, 1 or 2, where both have that address
${targetUsage}  --password P   the user's password (default: the local users' own; asked for with --stage)
  --help         show this text
`,
  options: { ...targetOptions, pool: { type: "string" }, password: { type: "string" } },
  schema: targetSchema.extend({
    positionals: z.tuple([z.email()], "expected one e-mail address"),
    pool: poolNumber.optional(),
    password: z.string().min(1).optional(),
  }),
  async run({ positionals: [email], pool: number, password, ...options }) {
    const target = findTarget(options);
    const pool = await findPoolOfUser(target, email, number);
    const given =
      password ?? (target.local ? localPassword : await promptPassword(`Password of ${email}: `));
    process.stdout.write(`${await signIn(target, pool, { email, password: given })}\n`);
  },
});
