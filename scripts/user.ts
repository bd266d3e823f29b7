/** `npm run user -- create|delete|list`: creates or invites a user, deletes one, or lists all. */
import { Option } from "@commander-js/extra-typings";
import { routeRows, userPools } from "@secure-lambda/functions/contract";
import {
  createCommand,
  createTerminal,
  escapeInJson,
  mailboxUrl,
  runCommand,
} from "@secure-lambda/local/command-line";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { showNext, targetArgs } from "./support/next.ts";
import { parseEmail, parseText } from "./support/parse-text.ts";
import { promptPassword } from "./support/prompt.ts";
import { tableColumnsOf } from "./support/table.ts";
import {
  awsPortOption,
  findStage,
  findTarget,
  stageOption,
  targetAt,
  type TargetOptions,
} from "./support/target.ts";
import { findUserPool, parsePool, type UserPool } from "./support/user-pools.ts";
import { listUsers, renderUsers } from "./support/user-list.ts";
import { createUser, deleteUser, inviteUser, localPassword } from "./support/users.ts";

const poolOption = () =>
  new Option("--pool <n>", `the user pool, ${userPools.join(" or ")}`).argParser(parsePool);
const requiredPool = poolOption().makeOptionMandatory();

/** The command. */
export const command = createCommand(
  "npm run user --",
  `Creates, deletes or lists users. ${userPools.map(callsOf).join(" ")}`,
);

function callsOf(number: UserPool["number"]): string {
  const own = routeRows.filter(({ userPool }) => userPool === number);
  const calls = own.map(({ method, path }) => `${method} ${path}`).join(", ") || "nothing";
  return `Users of pool ${number} can call ${calls}.`;
}

const creating = command.command("create");

creating
  .description("Creates a user who can sign in at once, or invites one by mail.")
  .showHelpAfterError("See npm run user -- create --help.")
  .usage("<email> --pool <n> [options]")
  .argument("<email>", "the user's e-mail address", parseEmail)
  .addOption(requiredPool)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .option(
    "--password <password>",
    `the user's password (default: ${localPassword} on a local cloud; with --stage, a prompt)`,
    parseText,
  )
  .addOption(
    new Option(
      "--invite",
      "mail a temporary password, for the first sign-in on the login page",
    ).conflicts("password"),
  )
  .action(async (email, { pool: number, password, invite, ...options }) => {
    const { target, pool, where, mailbox } = await findPool(options, number);
    if (invite === true) {
      await inviteUser(target, pool, email);
      const terminal = createTerminal(process.stdout);
      terminal.line(`Invited ${email} to ${where}.`);
      if (mailbox === undefined) return;
      terminal.line(`The mail is at ${mailbox}.`);
      // In quotes, since a shell replaces what follows the "!" of a temporary password.
      const passwords = ["--password 'PASSWORD_IN_THE_MAIL'", "--new-password 'NEW_PASSWORD'"];
      const args = [email, `--pool ${number}`, ...targetArgs(options), ...passwords];
      showNext(terminal, "npm run -s token", args);
      return;
    }
    const given =
      password ?? (target.local ? localPassword : await promptPassword(`Password for ${email}: `));
    await createUser(target, pool, { email, password: given });
    const terminal = createTerminal(process.stdout);
    terminal.line(`Created ${email} in ${where}.`);
    // Where no password is asked for, the one that was chosen must be given; it is not shown.
    const further = target.local && password !== undefined ? ["--password PASSWORD"] : [];
    const args = [email, `--pool ${number}`, ...targetArgs(options), ...further];
    showNext(terminal, "npm run -s token", args);
  });

const deleting = command.command("delete");

deleting
  .description("Deletes a user.")
  .showHelpAfterError("See npm run user -- delete --help.")
  .usage("<email> --pool <n> [options]")
  .argument("<email>", "the user's e-mail address", parseEmail)
  .addOption(requiredPool)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .action(async (email, { pool: number, ...options }) => {
    const { target, pool, where } = await findPool(options, number);
    await deleteUser(target, pool, email);
    createTerminal(process.stdout).line(`Deleted ${email} from ${where}.`);
  });

const listing = command.command("list");

listing
  .description("Lists users: their e-mail address, state and pool.")
  .showHelpAfterError("See npm run user -- list --help.")
  .usage("[options]")
  .addOption(poolOption())
  .addOption(stageOption)
  .addOption(awsPortOption)
  .option("--json", "print one JSON array")
  .action(async ({ pool: number, json, ...options }) => {
    const target = await findTarget(options);
    const users = await listUsers(target, number === undefined ? userPools : [number]);
    if (json) {
      process.stdout.write(`${escapeInJson(JSON.stringify(users))}\n`);
      return;
    }
    const terminal = createTerminal(process.stdout);
    for (const line of renderUsers(users, tableColumnsOf(process.stdout))) terminal.line(line);
    if (users.length === 0) {
      const where = `${number === undefined ? "" : `pool ${number} of `}stage "${target.stage}"`;
      terminal.line(`There are no users in ${where}.`);
    }
  });

async function findPool(options: TargetOptions, number: UserPool["number"]) {
  const deployed = await findStage(options);
  const target = targetAt(deployed);
  const pool = await findUserPool(target, number);
  const mailbox = "endpoint" in deployed.aws ? mailboxUrl(deployed.aws.endpoint) : undefined;
  return { target, pool, where: `pool ${number} of stage "${target.stage}"`, mailbox };
}

if (isMain(import.meta)) await runCommand(command, { explain });
