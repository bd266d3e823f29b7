/** The command line of each operator's command: its help, and what it says of wrong arguments. */
import { userPools } from "@secure-lambda/functions/contract";
import fs from "node:fs";
import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { describe, expect, it, vi } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { command as attack } from "../../scripts/attack.ts";
import { command as bench } from "../../scripts/bench.ts";
import { command as controls } from "../../scripts/controls.ts";
import { command as deploy } from "../../scripts/deploy.ts";
import { command as dev } from "../../scripts/dev.ts";
import { command as doctor } from "../../scripts/doctor.ts";
import { command as e2e } from "../../scripts/e2e.ts";
import { command as platform } from "../../scripts/install-platform.ts";
import { command as logs } from "../../scripts/logs.ts";
import { command as openapi } from "../../scripts/openapi.ts";
import { command as pictures } from "../../scripts/pictures.ts";
import { command as redrive } from "../../scripts/redrive.ts";
import { command as remove } from "../../scripts/remove.ts";
import { command as rehearse } from "../../scripts/rehearse.ts";
import { command as status } from "../../scripts/status.ts";
import { command as token } from "../../scripts/token.ts";
import { command as user } from "../../scripts/user.ts";
import { command as web } from "../../scripts/web.ts";

/** What a command writes and the exit code that it asks for, without its action. */
function call(command: CommandUnknownOpts, args: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  for (const each of [command, ...command.commands]) {
    each.configureOutput({
      writeErr: (text) => (written.stderr += text),
      getOutHelpWidth: () => 80,
    });
  }
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.stdout += String(text);
    return true;
  });
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: error.exitCode, ...written };
  } finally {
    write.mockRestore();
  }
  throw new Error(`${args.join(" ")} was accepted: ${JSON.stringify(written)}`);
}

const target = ["--stage", "--aws-port"];

/** Commands, how each is called, its options. */
const commands: [string, CommandUnknownOpts, readonly string[], string][] = [
  ["npm run -s token --", token, [], `--pool --password --totp ${target.join(" ")}`],
  ["npm run user --", user, [], "create delete list"],
  ["npm run user -- create", user, ["create"], `--pool --password --invite ${target.join(" ")}`],
  ["npm run user -- delete", user, ["delete"], `--pool ${target.join(" ")}`],
  ["npm run user -- list", user, ["list"], `--pool --json ${target.join(" ")}`],
  ["npm run rehearse --", rehearse, [], "--stage --graph --controls --json --sarif --strict"],
  [
    "npm run deploy --",
    deploy,
    [],
    "--stage --strict --yes --continue --policy --verbose --print-logs",
  ],
  ["npm run dev --", dev, [], "--stage --mode --verbose --print-logs"],
  ["npm run remove --", remove, [], "--stage --target --verbose --print-logs"],
  [
    "npm run e2e --",
    e2e,
    [],
    `${target.join(" ")} --url ${userPools.map((pool) => `--user${pool} --password${pool} --totp${pool}`).join(" ")} --api-key`,
  ],
  ["npm run logs --", logs, [], `--follow --request --function --since ${target.join(" ")}`],
  ["npm run status --", status, [], target.join(" ")],
  ["npm run attack --", attack, [], "--aws-port --json"],
  ["npm run doctor --", doctor, [], "--help"],
  ["npm run redrive --", redrive, [], `${target.join(" ")} --dry-run --drop --yes`],
  ["npm run -s controls --", controls, [], "--out"],
  ["npm run -s openapi --", openapi, [], "--http --out"],
  ["npm run web --", web, [], `--port ${target.join(" ")} --url`],
  ["npm run pictures --", pictures, [], "--help"],
  ["npm run bench --", bench, [], "--quick --runs --only"],
  ["npm run platform --", platform, [], "--help"],
];

it.each(commands)("%s --help lists each option, in 80 columns", (name, command, args, options) => {
  const { code, stdout, stderr } = call(command, [...args, "--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.startsWith(`Usage: ${name} `)).toBe(true);
  const listed = stdout.match(/(?<=^ {2}(?:-h, )?)[\w-]+(?= )/gm);
  expect(listed).toEqual(expect.arrayContaining(["--help", ...options.split(" ")]));
  expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(call(command, [...args, "-h"]).stdout).toBe(stdout);
});

it.each<[CommandUnknownOpts, string]>([
  [openapi, "--out --help"],
  [rehearse, "--stage prod --graph --help"],
  [deploy, "--stage prod --policy --continue"],
  [token, "user1@example.com --password -secret"],
  [user, "create user1@example.com --pool 1 --password --stage prod"],
])("an option does not take the next one as its value: %#", (command, line) => {
  const { code, stdout, stderr } = call(command, line.split(" "));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^error: option '--\w+ <\w+>' argument missing \(write --\w+=VALUE/);
  expect(stderr).not.toContain("-secret");
});

it("a value may start with a hyphen after an equals sign", () => {
  expect(call(token, ["--password=-secret", "--pool=3", "user1@example.com"]).stderr).toContain(
    "option '--pool <n>'",
  );
});

it("npm run calls each file of scripts/", () => {
  const called = Object.values(manifest.scripts).flatMap(
    (line) => /scripts\/(\S+\.ts)/.exec(line)?.[1] ?? [],
  );
  const files = fs.readdirSync("scripts").filter((name) => name.endsWith(".ts"));
  expect(called.toSorted()).toEqual(files.toSorted());
  const texts = files.map((name) => fs.readFileSync(`scripts/${name}`, "utf8"));
  // Apple silicon gets Node 24.0, where it is undefined and a command would do nothing.
  expect(texts.join("\n")).not.toContain("import.meta.main");
});

const ada = "ada@example.com";

describe("a wrong call is answered with what is wrong, and where to read on", () => {
  it.each<[string, string, CommandUnknownOpts, string]>([
    ["token", "", token, "required argument '<email>' not specified."],
    [
      "token",
      "ada",
      token,
      "argument '<email>' value 'ada' is invalid. Expected an e-mail address.",
    ],
    ["token", `${ada} ${ada}`, token, "too many arguments. Expected 1 argument but got 2"],
    ["token", `${ada} --aws-port x`, token, "argument 'x' is invalid. Expected a port number. See"],
    ["logs", "--request Ada", logs, "argument 'Ada' is invalid. Expected a request's id"],
    ["logs", "--since now", logs, "argument 'now' is invalid. Expected a time ago, such as 30s,"],
    ["redrive", "--aws-port 65536", redrive, "argument '65536' is invalid. Expected 1 to 65535."],
    ["user", "", user, "required command not specified. Expected create, delete or list."],
    ["user", "craete", user, "unknown command 'craete'. Did you mean create?"],
    ["user", `remove ${ada}`, user, "unknown command 'remove'. Expected create, delete or list."],
    ["user", `create ${ada}`, user, "required option '--pool <n>' not specified."],
    ["user", `create ${ada} --pool 3`, user, "argument '3' is invalid. Expected 1 or 2."],
    ["user", `create ${ada} --pool 1 --password=`, user, "'--password <password>' argument ''"],
    [
      "user",
      `create ${ada} --pool 1 --invite --password=a`,
      user,
      "option '--invite' cannot be used with option '--password <password>'",
    ],
    ["user", "create ada --pool 1", user, "value 'ada' is invalid. Expected an e-mail address."],
    ["user", `delete ${ada} --pool 1 --password p`, user, "unknown option '--password'"],
    ["rehearse", "", rehearse, "required option '--stage <name>' not specified"],
    ["rehearse", "prod", rehearse, "Did you mean npm run rehearse -- --stage prod?"],
    ["deploy", "prod --strict", deploy, "Did you mean npm run deploy -- --stage prod?"],
    ["remove", "ada", remove, "not specified. Did you mean npm run remove -- --stage ada?"],
    ["dev", "ada", dev, "got 1: ada. Did you mean npm run dev -- --stage ada?"],
    ["e2e", "prod", e2e, "got 1: prod. Did you mean npm run e2e -- --stage prod?"],
    ["redrive", "prod", redrive, "Did you mean npm run redrive -- --stage prod?"],
    ["web", "prod", web, "Did you mean npm run web -- --stage prod?"],
    ["token", `${ada} prod`, token, `Did you mean npm run -s token -- ${ada} --stage prod?`],
    ["user", "list prod", user, "Did you mean npm run user -- list --stage prod?"],
    ["user", `delete ${ada} prod --pool 1`, user, `user -- delete ${ada} --stage prod?`],
    ["rehearse", "--stage ada --grpah f", rehearse, "Did you mean --graph?"],
    ["rehearse", "--stga prod", rehearse, "unknown option '--stga'. Did you mean --stage?"],
    ["user", `create ${ada} --pol 1`, user, "unknown option '--pol'. Did you mean --pool?"],
    [
      "rehearse",
      "--stage ada --graph=",
      rehearse,
      "argument '' is invalid. Expected the name of a",
    ],
    ["rehearse", "--stage ada --graph gone/a.json", rehearse, "The folder does not exist"],
    ["rehearse", "--stage ada --graph docs", rehearse, "'docs' is invalid. It is a folder: name"],
    ["rehearse", "--stage ada --target Api", rehearse, "unknown option '--target'"],
    [
      "rehearse",
      "--stage ada --json --sarif",
      rehearse,
      "option '--json' cannot be used with option '--sarif'",
    ],
    ["rehearse", "--stage A", rehearse, `'--stage <name>' argument 'A' is invalid. "A" cannot be`],
    ["rehearse", "--stage -", rehearse, `"-" cannot be a stage`],
    ["deploy", "", deploy, "required option '--stage <name>' not specified"],
    ["deploy", "--stage Prod!", deploy, '"Prod!" cannot be a stage'],
    ["deploy", "--stage ada prod", deploy, "Expected 0 arguments but got 1: prod. See"],
    ["deploy", "--stage ada --force", deploy, "unknown option '--force'."],
    ["deploy", "--stage local", deploy, "It is the stage of the local cloud, and less"],
    ["remove", "", remove, "required option '--stage <name>' not specified"],
    ["remove", "--stage prod", remove, "'prod' is invalid. It is protected in"],
    ["remove", "--stage local", remove, "It is the stage of the local cloud, and less"],
    ["remove", "--stage Prod!", remove, '"Prod!" cannot be a stage'],
    ["remove", "--stage ada --yes", remove, "unknown option '--yes'"],
    ["dev", "--stage prod", dev, "'prod' is invalid. It is protected in"],
    ["dev", "--stage ada --config x", dev, "unknown option '--config'"],
    ["dev", "vite", dev, "too many arguments. Expected 0 arguments but got 1: vite."],
    ["e2e", "--user1 ada", e2e, "'--user1 <email>' argument 'ada' is invalid. Expected an e-mail"],
    ["e2e", "--url http://example.com", e2e, "argument 'http://example.com' is invalid. Expected"],
    ["user", "list --pool 3", user, "argument '3' is invalid. Expected 1 or 2."],
    ["user", `list ${ada}`, user, "too many arguments"],
    ["redrive", "--dry-runs", redrive, "Did you mean --dry-run?"],
    ["redrive", "--dry", redrive, "unknown option '--dry'. Did you mean --dry-run?"],
    ["redrive", "--dr", redrive, "unknown option '--dr'. Did you mean --drop?"],
    ["openapi", "--out gone/a.json", openapi, "argument 'gone/a.json' is invalid. The folder does"],
    ["bench", "--runs 0", bench, "argument '0' is invalid. Expected a number from 1 to 9999."],
    ["bench", "--only colt", bench, "argument 'colt' is invalid. Expected parts of cold,"],
    ["web", "--port 65536", web, "argument '65536' is invalid. Expected 0 to 65535."],
    ["web", "--stage A", web, `"A" cannot be a stage`],
    ["web", "--url http://example.com", web, "Expected https: tokens are sent there."],
    ["platform", "now", platform, "too many arguments. Expected 0 arguments but got 1: now."],
  ])("%s %s", (_, args, command, message) => {
    const { code, stdout, stderr } = call(command, args.split(" ").filter(Boolean));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.replaceAll("\n", " ")).toContain(message);
    expect(stderr).toMatch(/^error: (?:.+\n)*.+[.?)]\nSee npm run .* --help\.\n$/);
    expect(Math.max(...stderr.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});
