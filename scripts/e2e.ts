/** `npm run e2e -- --stage S`: the end-to-end matrix against a deployed stage. */
import { createTerminal } from "@secure-lambda/local";
import * as z from "zod";
import { runMatrix } from "./e2e/matrix.ts";
import { CommandError, noPositionals, runCommand } from "./support/command.ts";
import { promptPassword } from "./support/prompt.ts";
import { readStageOutputs } from "./support/stage-outputs.ts";
import { alignColumns } from "./support/table.ts";
import {
  findPlace,
  targetAt,
  targetOptions,
  targetSchema,
  targetUsage,
  type Place,
} from "./support/target.ts";
import { findUserPool } from "./support/user-pools.ts";
import { localPassword, signIn } from "./support/users.ts";

/** Tokens travel in clear text only on this machine. */
const safeUrl = z
  .url({
    protocol: /^https?$/,
    error: "expected the API's address, such as https://ID.execute-api.REGION.amazonaws.com/STAGE",
  })
  .refine(
    (url) => URL.parse(url)?.protocol === "https:" || URL.parse(url)?.hostname === "127.0.0.1",
    {
      error: "expected https: tokens are sent there",
    },
  );

await runCommand({
  usage: `Usage: npm run e2e -- [options]

Signs in a user of each pool and calls every route: without a token, with a made-up one, as the user
who may and as the one who may not. Prints a table; the exit code is 1 when a row is wrong.

Options:
${targetUsage}  --url URL      the API's address (default: what the stage's last deployment returned)
  --user1 EMAIL  a user of pool 1 (default user1@example.com)
  --user2 EMAIL  a user of pool 2 (default user2@example.com)
  --password1 P  their passwords (default: the local users' own; asked for with --stage)
  --password2 P
  --api-key KEY  sent with every call, for a stage with API keys
  --help         show this text
`,
  options: {
    ...targetOptions,
    url: { type: "string" },
    user1: { type: "string" },
    user2: { type: "string" },
    password1: { type: "string" },
    password2: { type: "string" },
    "api-key": { type: "string" },
  },
  schema: targetSchema.extend({
    url: safeUrl.optional(),
    user1: z.email().default("user1@example.com"),
    user2: z.email().default("user2@example.com"),
    password1: z.string().min(1).optional(),
    password2: z.string().min(1).optional(),
    "api-key": z.string().min(1).optional(),
    positionals: noPositionals,
  }),
  async run({ url, user1, user2, password1, password2, "api-key": apiKey, ...options }) {
    const place = findPlace(options);
    const terminal = createTerminal(process.stdout);
    const tokens = {
      1: await tokenOf(place, 1, user1, password1),
      2: await tokenOf(place, 2, user2, password2),
    };
    const rows = await runMatrix({ url: url ?? (await addressOf(place)), tokens, apiKey });
    const lines = alignColumns(
      rows.map(({ request, expected, found, passed }) => [
        passed ? terminal.style("green", "✓") : terminal.style("red", "✕"),
        request,
        passed ? expected : `${expected} expected, found ${found}`,
      ]),
    );
    for (const line of lines) terminal.line(line);
    const failed = rows.filter(({ passed }) => !passed).length;
    terminal.line(failed === 0 ? "All as it must be." : `${failed} of ${rows.length} are wrong.`);
    return failed === 0 ? 0 : 1;
  },
});

async function tokenOf(place: Place, number: 1 | 2, email: string, password: string | undefined) {
  const target = targetAt(place);
  const ask = () => promptPassword(`Password of ${email}: `, `--password${number}`);
  const given = password ?? (place.local ? localPassword : await ask());
  return signIn(target, await findUserPool(target, number), { email, password: given });
}

/** Local clouds answer at an address of their own, which is not the one that AWS would give. */
async function addressOf(place: Place): Promise<string> {
  if (place.apiUrl !== undefined) return place.apiUrl;
  if (place.local) throw new CommandError("Name the local cloud's API as well: --url URL.");
  const { apiUrl } = await readStageOutputs(place);
  return safeUrl.parse(apiUrl);
}
