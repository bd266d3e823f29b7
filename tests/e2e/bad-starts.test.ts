/** Starts that cannot succeed end with one clear message, and leave nothing running. */
import { afterEach, expect, it } from "vitest";
import fs from "node:fs";
import path from "node:path";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { run } from "../../packages/local/test/support/command.ts";

const command = ["node", "scripts/start.ts", "--port", "0", "--aws-port", "0"] as const;
/** An app of little, which is soon deployed. */
const configWith = (statement: string) => `/// <reference path="./.sst/platform/config.d.ts" />
export default $config({
  app: () => ({ name: "small", home: "aws", providers: { aws: { region: "us-east-1" } } }),
  async run() {
    ${statement}
  },
});
`;

let copy: AppCopy;
afterEach(() => copy.remove());

async function startCopy(env?: NodeJS.ProcessEnv) {
  const result = await run(command, { cwd: copy.folder, ...(env ? { env } : {}) });
  const runs = path.join(copy.folder, ".local-cloud", "runs");
  expect(fs.existsSync(runs) ? fs.readdirSync(runs) : []).toEqual([]);
  return result;
}

it("names a type error in stacks", async () => {
  copy = copyApp({ platform: true });
  fs.writeFileSync(path.join(copy.folder, "sst.config.ts"), configWith(""));
  copy.append("stacks/settings/settings.ts", '\nexport const wrong: number = "text";\n');
  const { code, stderr } = await startCopy();
  expect(code).toBe(1);
  expect(stderr).toMatch(/stacks\/settings\/settings\.ts\(\d+,\d+\): error TS2322/);
});

it.each([
  [
    "aws:dynamodb/table:Table",
    'new aws.dynamodb.Table("Extra", { hashKey: "id", attributes: [] });',
  ],
  [
    'aws-apigateway:index:RestAPI ("Extra") is a remote component',
    'new $util.ComponentResource("aws-apigateway:index:RestAPI", "Extra", {}, {}, true);',
  ],
])("names what the local cloud does not have: %s", async (named, statement) => {
  copy = copyApp({ platform: true });
  fs.writeFileSync(path.join(copy.folder, "sst.config.ts"), configWith(statement));
  const { code, stderr } = await startCopy();
  expect(code).toBe(1);
  expect(stderr.replaceAll(/\s+/g, " ")).toContain(named);
  expect(stderr).toContain("packages/local/README.md");
});

it("takes an installation that was interrupted for none, and says how to go on when it fails", async () => {
  copy = copyApp({ platform: false });
  const platform = path.join(copy.folder, ".sst", "platform");
  fs.mkdirSync(path.join(platform, "node_modules"), { recursive: true });
  fs.copyFileSync(".sst/platform/version", path.join(platform, "version"));
  fs.writeFileSync(path.join(copy.folder, ".npmrc"), "registry=http://127.0.0.1:1/\n");
  const { code, stdout, stderr } = await startCopy();
  expect(code).toBe(1);
  expect(stdout).toContain("Installing SST's platform");
  expect(stderr).toContain("SST's platform was not installed");
  expect(stderr).toContain("run the same command again");

  const install = await run(["node", "scripts/install-platform.ts"], { cwd: copy.folder });
  expect(install.code).toBe(1);
  expect(install.stderr).toContain("SST's platform was not installed. Check that the npm registry");
  expect(install.stderr).not.toMatch(/^ +at /m);
});

it("says that it needs an SST app", async () => {
  copy = copyApp({ platform: true });
  fs.rmSync(path.join(copy.folder, "sst.config.ts"));
  const { code, stderr } = await startCopy();
  expect(code).toBe(1);
  expect(stderr).toContain("There is no sst.config.ts");
});

it("ends when nobody reads what it prints", async () => {
  copy = copyApp({ platform: true });
  const piped = `set -o pipefail; ${command.join(" ")} | true`;
  const { code, stderr } = await run(["bash", "-c", piped], { cwd: copy.folder });
  expect({ code, stderr: stderr.trim() }).toEqual({
    code: 130,
    stderr: "Interrupted before it was ready; nothing is left running.",
  });
  expect(fs.readdirSync(path.join(copy.folder, ".local-cloud", "runs"))).toEqual([]);
});
