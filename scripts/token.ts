/** `npm run -s token -- EMAIL`: prints a user's ID token, and nothing else. */
import { userPools } from "@secure-lambda/functions/contract";
import { createCommand, createTerminal, runCommand } from "@secure-lambda/local/command-line";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { parseEmail, parseText } from "./support/parse-text.ts";
import { promptPassword } from "./support/prompt.ts";
import { awsPortOption, findTarget, stageOption } from "./support/target.ts";
import { parseSecret, signInWithSecret } from "./support/totp.ts";
import { findPoolOfUser, parsePool } from "./support/user-pools.ts";
import { localPassword, signIn } from "./support/users.ts";

/** The command. */
export const command = createCommand(
  "npm run -s token --",
  "Signs a user in and prints the ID token, and nothing else, on standard output.",
)
  .usage("<email> [options]")
  .argument("<email>", "the user's e-mail address", parseEmail)
  .option(
    "--pool <n>",
    `the user's pool, ${userPools.join(" or ")}, if several have that address`,
    parsePool,
  )
  .addOption(stageOption)
  .addOption(awsPortOption)
  .option(
    "--password <password>",
    "the user's password (default: that of the local users; with --stage, a prompt)",
    parseText,
  )
  .option(
    "--new-password <password>",
    "what replaces a temporary password, at the first sign-in (default: a prompt, if one is required)",
    parseText,
  )
  .option(
    "--totp <secret>",
    "the secret of the user's authenticator, to compute the one-time password (default: a prompt, if one is required)",
    parseSecret,
  )
  .action(async (email, { pool: number, password, newPassword, totp, ...options }) => {
    const target = await findTarget(options);
    const pool = await findPoolOfUser(target, email, number);
    const given =
      password ?? (target.local ? localPassword : await promptPassword(`Password of ${email}: `));
    const user = {
      email,
      password: given,
      newPassword: async () =>
        newPassword ??
        promptPassword(`The password is temporary. A new one for ${email}: `, "--new-password"),
      onPasswordReplaced: () =>
        createTerminal(process.stderr).line(
          "The new password is set: sign in with it from now on.",
        ),
    };
    const idToken = await (totp === undefined
      ? signIn(target, pool, user)
      : signInWithSecret(target, pool, user, totp));
    createTerminal(process.stdout).line(idToken);
  });

if (isMain(import.meta)) await runCommand(command, { explain });
