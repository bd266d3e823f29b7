/** Options that npm took for itself, seen in what npm 10 and 11 were recorded to set. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createCommand } from "../../src/cli/command.ts";
import { findTakenByNpm } from "../../src/cli/npm-options.ts";

const command = createCommand("npm run move --", "moves")
  .option("--dry-run", "only shows")
  .option("--stage <name>", "where")
  .option("--aws-port <n>", "where else")
  .option("--password <password>", "whose")
  .option("--json", "as JSON")
  .option("--yes", "without a question");
const user = createCommand("npm run -s user --", "users");
user.command("create").option("--pool <n>", "where");

/** What npm gives to a script that it runs. */
const ofNpm = (script: string, settings: Readonly<Record<string, string>>) => ({
  npm_lifecycle_event: script,
  ...Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`npm_config_${name}`, value]),
  ),
});

it.each([
  [{ dry_run: "true" }, [], "--dry-run"],
  [{ dryrun: "true" }, [], "--dry-run"],
  [{ stage: "true" }, ["prod"], "--stage <name>"],
  [{ stage: "prod" }, [], "--stage <name>"],
  [{ stage: "" }, [], "--stage <name>"],
  [{ aws_port: "true" }, ["4567"], "--aws-port <n>"],
  [{ password: "secret" }, [], "--password <password>"],
  [{ json: "true" }, ["--stage", "prod"], "--json"],
])("names the option of %j, and how to write it", (settings, args, written) => {
  const [name] = written.split(" ");
  expect(findTakenByNpm(command, args, ofNpm("move", settings))).toBe(
    `npm took ${name} for itself: write npm run move -- ${written}`,
  );
});

it.each(["npm start --", "npm run dev:local --"])("knows the script of %s", (name) => {
  const started = createCommand(name, "starts").option("--port <n>", "where");
  const [, script = ""] = /(\S+) --$/.exec(name) ?? [];
  expect(findTakenByNpm(started, [], ofNpm(script, { port: "4000" }))).toBe(
    `npm took --port for itself: write ${name} --port <n>`,
  );
});

it("names every option, and the subcommand", () => {
  const both = ofNpm("move", { stage: "prod", dry_run: "true" });
  expect(findTakenByNpm(command, [], both)).toBe(
    "npm took --dry-run and --stage for itself: write npm run move -- --dry-run --stage <name>",
  );
  expect(findTakenByNpm(user, ["create", "1"], ofNpm("user", { pool: "true" }))).toBe(
    "npm took --pool for itself: write npm run -s user -- create --pool <n>",
  );
});

it.each([
  ["a flag that is off", ofNpm("move", { dry_run: "", json: "" }), []],
  ["what the command line has as well", ofNpm("move", { dry_run: "true" }), ["--dry-run"]],
  ["a value that the command line has as well", ofNpm("move", { stage: "a" }), ["--stage=b"]],
  ["a setting that is no option", ofNpm("move", { force: "true", loglevel: "error" }), []],
  ["what another script was called with", ofNpm("test", { dry_run: "true" }), []],
  ["a call without npm", { npm_config_dry_run: "true" }, []],
  ["npm's own yes, which CI systems set", ofNpm("move", { yes: "true" }), []],
])("takes no notice of %s", (_, env, args) => {
  expect(findTakenByNpm(command, args, env)).toBeUndefined();
});

it.each(["json=true\n", "; a comment\n json = true", "json"])(
  "takes json for a setting of npm where an .npmrc has it: %j",
  (npmrc) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "npmrc-"));
    onTestFinished(() => fs.rmSync(folder, { recursive: true }));
    const file = path.join(folder, ".npmrc");
    fs.writeFileSync(file, npmrc);
    for (const settings of [
      { userconfig: file },
      { globalconfig: file },
      { local_prefix: folder },
    ]) {
      const env = ofNpm("move", { json: "true", ...settings });
      expect(findTakenByNpm(command, [], env)).toBeUndefined();
    }
    fs.writeFileSync(file, "; json=true\nload-json=true\n");
    const env = ofNpm("move", { json: "true", userconfig: file });
    expect(findTakenByNpm(command, [], env)).toContain("npm took --json");
  },
);
