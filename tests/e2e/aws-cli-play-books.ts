/** The play-books of docs/incidents.md, typed as they stand. */
import { describe, expect, it } from "vitest";
import { run } from "../../packages/local/test/support/command.ts";
import type { AwsCli } from "../support/aws-cli.ts";
import type { DeployedApp } from "../support/deployed-app.ts";
import { blocksOnAws, preamble, readPlayBooks } from "../support/play-books.ts";

/** What a play-book shows at its end, or before. */
const shown: Readonly<Record<string, readonly RegExp[]>> = {
  "A stolen token": [/^ida@example\.com\s+CONFIRMED\s+pool 1$/mu],
  "A leaked deploy key": [/InternalLambda/u, /"Service": "sns\.amazonaws\.com"/u, /All 12 checks/u],
  "A flood": [/127\.0\.0\.1/u, /All 12 checks/u],
  "Poison messages": [/^dead letters +1,/mu, /^Moved 1, left 0\.$/mu],
  "A compromised dependency": [/zod@\d/u, /^pkg:npm\/zod@\d/mu, /All 12 checks/u],
};

export function testPlayBooks(cli: () => AwsCli, app: () => DeployedApp, consumer: string): void {
  const books = readPlayBooks();

  it("are five", () => {
    expect(books.map(({ title }) => title)).toEqual(Object.keys(shown));
  });

  describe.each(books)("$title", ({ title, commands, onAws }) => {
    it("types each command that a local cloud has", async () => {
      if (title === "Poison messages") await poison();
      const { code, stdout, stderr } = await type(`${preamble()}\n${commands}`);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
      for (const text of shown[title] ?? []) expect(stdout).toMatch(text);
    });

    it.each(onAws === "" ? [] : [onAws])(
      "names commands and options that the AWS CLI has",
      async (lines) => {
        await expect(known(lines)).resolves.toEqual({ code: 0, stderr: "" });
      },
    );
  });

  it("so do those of docs/operations.md", async () => {
    const [roles = ""] = blocksOnAws("docs/operations.md");
    expect(roles).toContain("aws iam create-policy");
    await expect(known(roles)).resolves.toEqual({ code: 0, stderr: "" });
  });

  /** A shell stops at the first command that fails, and says which. */
  const type = (script: string) =>
    run(
      ["bash", "-Eeuo", "pipefail", "-c", `trap 'echo "$BASH_COMMAND" >&2' ERR\n${adapt(script)}`],
      {
        env: cli().environment(),
      },
    );

  /** To this app in place of the one of `npm start`; a user of another test has the name. */
  function adapt(script: string): string {
    const { api, aws } = app().urls;
    const { host, port } = new URL(aws);
    return (
      script
        .replaceAll("command aws ", `${cli().command("")[0]} `)
        .replaceAll("127.0.0.1:4566", host)
        .replaceAll("ada@example.com", "ida@example.com")
        // It deploys to a local cloud of its own: tests/e2e/rehearse.test.ts.
        .replaceAll(/^npm run rehearse .*\n/gmu, "")
        .replaceAll(/^npm run e2e$/gmu, `npm run e2e -- --url ${api}`)
        .replaceAll(/^npm run (\w+)(?: --)?(.*)$/gmu, `node scripts/$1.ts$2 --aws-port ${port}`)
    );
  }

  /** A message on which InternalLambda fails each time is in the queue. */
  async function poison(): Promise<void> {
    const { port } = new URL(app().urls.aws);
    const list = ["node", "scripts/redrive.ts", "--aws-port", port] as const;
    const env = cli().environment();
    await run([...list, "--drop", "--yes"], { env });
    await cli().type(`lambda invoke --function-name ${consumer} --invocation-type Event /dev/null`);
    await expect
      .poll(async () => (await run([...list, "--dry-run"], { env })).stdout)
      .toContain("failed in");
  }

  /** Has the AWS CLI check what it is given, and call nothing; other commands do nothing. */
  async function known(commands: string) {
    const { code, stderr } = await type(`${preamble()}
aws() { ${cli().command("")[0]} "$@" --generate-cli-skeleton input >/dev/null; }
npm() { :; }
npx() { :; }
rm() { :; }
KEY=ABCDEFGHIJKLMNOPQRST OPERATOR=ada DEPLOY_ROLE=deploy
${commands}`);
    return { code, stderr };
  }
}
