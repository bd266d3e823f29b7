/** `npm run e2e -- --stage S`: the end-to-end matrix against a deployed stage. */
import { type UserPool, userPools } from "@secure-lambda/functions/contract";
import {
  callLoopbackDirectly,
  createCommand,
  createTerminal,
  escapeForTerminal,
  runCommand,
} from "@secure-lambda/local/command-line";
import * as z from "zod";
import { runMatrix } from "./e2e/matrix.ts";
import { apiUrlOption, findApiUrl } from "./support/api-url.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { parseEmail, parseText } from "./support/parse-text.ts";
import { promptPassword } from "./support/prompt.ts";
import { askUser } from "./support/second-factor.ts";
import { tableColumnsOf, wrapRows } from "./support/table.ts";
import {
  awsPortOption,
  findStage,
  stageOption,
  targetAt,
  type DeployedStage,
} from "./support/target.ts";
import { parseSecret, signInWithSecret } from "./support/totp.ts";
import { findUserPool } from "./support/user-pools.ts";
import { localPassword, signIn } from "./support/users.ts";

/** The command. */
export const command = createCommand(
  "npm run e2e --",
  "Signs in a user of each pool and calls every route: without a token, with a made-up token, as the user who is allowed and as the one who is not. Prints a row for each call.",
)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .addOption(apiUrlOption)
  .option("--api-key <key>", "sent with every call, for a stage with API keys", parseText)
  .addHelpText("after", "\nThe exit code is 1 if a check failed.")
  .action(async ({ url, apiKey, ...options }) => {
    callLoopbackDirectly();
    const deployed = await findStage(options);
    const terminal = createTerminal(process.stdout);
    const tokens: Record<number, string> = {};
    for (const pool of userPools) tokens[pool] = await tokenOf(deployed, pool, options);
    const rows = await runMatrix({ url: url ?? (await findApiUrl(deployed)), tokens, apiKey });
    const lines = wrapRows(
      rows.map(({ request, expected, found, passed }) => [
        passed ? terminal.style("green", "✓") : terminal.style("red", "✕"),
        request,
        passed ? expected : `expected ${expected}, got ${escapeForTerminal(found)}`,
      ]),
      tableColumnsOf(process.stdout),
    );
    for (const line of lines) terminal.line(line);
    const failed = rows.filter(({ passed }) => !passed).length;
    terminal.line(
      failed === 0
        ? `All ${rows.length} checks passed.`
        : `${failed} of ${rows.length} checks failed.`,
    );
    if (failed > 0) process.exitCode = 1;
  });

for (const pool of userPools) {
  command
    .option(
      `--user${pool} <email>`,
      `a user of pool ${pool}`,
      parseEmail,
      `user${pool}@example.com`,
    )
    .option(
      `--password${pool} <password>`,
      "that user's password (default: that of the local users; with --stage, a prompt)",
      parseText,
    )
    .option(
      `--totp${pool} <secret>`,
      "the secret of that user's authenticator, to compute the one-time password (default: a prompt, if one is required)",
      parseSecret,
    );
}

async function tokenOf(deployed: DeployedStage, number: UserPool, options: object) {
  const chosen = new Map<string, unknown>(Object.entries(options));
  const email = z.string().parse(chosen.get(`user${number}`));
  const [password, secret] = [`password${number}`, `totp${number}`].map((name) =>
    z.string().optional().parse(chosen.get(name)),
  );
  const target = targetAt(deployed);
  const ask = () => promptPassword(`Password of ${email}: `, `--password${number}`);
  const user = { email, password: password ?? (deployed.local ? localPassword : await ask()) };
  const pool = await findUserPool(target, number);
  return secret === undefined
    ? signIn(target, pool, user, askUser(`--totp${number}`))
    : signInWithSecret(target, pool, user, secret);
}

if (isMain(import.meta)) await runCommand(command, { explain });
