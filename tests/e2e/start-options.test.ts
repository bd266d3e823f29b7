/** `npm start -- --stage prod --watch --inspect`: one-time passwords and a firewall that blocks; saved sources are deployed again; functions can be debugged. */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  AdminInitiateAuthCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { userPools } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { readAttackReport } from "../support/attack-report.ts";
import { openCallers, type Callers } from "../support/callers.ts";
import { run, start, type Command } from "../../packages/local/test/support/command.ts";
import { present } from "../../packages/local/test/support/present.ts";
import { attach } from "../support/inspector.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { localPassword } from "../../scripts/support/users.ts";
import { copySources, type SourceCopy } from "../support/source-copy.ts";

const greeting = "packages/core/src/domain/greeting.ts";
const stage = "prod";
const readySchema = z.object({ apiUrl: z.url(), awsUrl: z.url() });

let copy: SourceCopy;
let command: Command;
let callers: Callers;
/** The secrets of the users' authenticators, as start-up shows them. */
let secrets: readonly string[];
/** The arguments of the sign-in that start-up shows. */
let signIn: string;
let token: string;

/** A command of the operator's, in the folder of the copy. */
const operate = (name: string, ...args: string[]) =>
  run(["node", scriptOf(name), ...args], { cwd: copy.folder });
const scriptOf = (name: string) =>
  fileURLToPath(new URL(`../../scripts/${name}.ts`, import.meta.url));

beforeAll(async () => {
  copy = copySources();
  const args = ["--watch", "--inspect", "--port", "0", "--aws-port", "0", "--json"];
  command = start(["node", scriptOf("start"), ...args, "--stage", stage], { cwd: copy.folder });
  const { apiUrl, awsUrl } = readySchema.parse(JSON.parse(await command.line(/"ready"/)));
  callers = openCallers(stage, { api: apiUrl, aws: awsUrl });
  const shown = userPools.map((pool) =>
    command.line(new RegExp(`^ +user${pool}@example\\.com {3}[A-Z2-7]{52}$`)),
  );
  secrets = (await Promise.all(shown)).map((line) => present(line.trim().split(/ +/)[1]));
  const shownSignIn = await command.line(/TOKEN=/);
  [, signIn = ""] = present(/^ +TOKEN=\$\(npm run -s token -- (.+)\)$/.exec(shownSignIn));
  token = (await operate("token", ...signIn.split(" "))).stdout;
});
afterAll(async () => {
  callers.close();
  command.interrupt();
  await command.ended;
  copy.remove();
});

async function greet(name: string) {
  const response = await callers.post("/lambda1", { authorization: token, body: { name } });
  return { status: response.status, text: await response.text() };
}

async function untilAnswer(pattern: RegExp): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < 150_000) {
    if (pattern.test((await greet("Ada")).text)) return Math.round(performance.now() - startedAt);
    // The firewall blocks a token that comes more than 600 times in five minutes.
    await delay(500);
  }
  throw new Error(`There was no answer like ${pattern}:\n${command.stderr.join("\n")}`);
}

it("signs in with what start-up shows, which nothing else does", async () => {
  expect(signIn).toMatch(new RegExp(`^user1@example\\.com --aws-port \\d+ --totp ${secrets[0]}$`));
  await expect(greet("Ada")).resolves.toMatchObject({ status: 200 });
  for (const secret of secrets) {
    expect(command.stdout.join("\n")).not.toContain(secret);
    expect(command.stderr.filter((line) => line.includes(secret)).length).toBeLessThanOrEqual(2);
  }
});

it("takes no password that is sent, only the proof of one by SRP", async () => {
  const { cognito } = callers.target;
  const { userPoolId: UserPoolId, clientId: ClientId } = await findUserPool(callers.target, 1);
  const AuthParameters = { USERNAME: "user1@example.com", PASSWORD: localPassword };
  const sent = new InitiateAuthCommand({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters,
  });
  await expect(cognito.send(sent)).rejects.toMatchObject(notEnabled("USER_PASSWORD_AUTH"));
  const asAdministrator = new AdminInitiateAuthCommand({
    UserPoolId,
    ClientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters,
  });
  await expect(cognito.send(asAdministrator)).rejects.toMatchObject(
    notEnabled("ADMIN_USER_PASSWORD_AUTH"),
  );
});

const notEnabled = (flow: string) => ({
  name: "InvalidParameterException",
  message: `${flow} flow not enabled for this client`,
});

it("passes the matrix with its users' codes, while the firewall blocks", async () => {
  const codes = userPools.flatMap((pool, at) => [`--totp${pool}`, present(secrets[at])]);
  const { code, stdout } = await operate("e2e", ...codes);
  expect(stdout).toMatch(/All \d+ checks passed\.$/);
  expect(code).toBe(0);
  const [, url] = present(/curl (\S+) -H 'X-Test: /.exec(await command.line(/X-Test/)));
  const headers = { "x-test": "${jndi:ldap://x}" };
  const blocked = await fetch(present(url), { method: "POST", headers, body: "{}" });
  expect(blocked.status).toBe(403);
});

it("refuses every attack, known payloads by the firewall", async () => {
  const { code, stdout } = await operate("attack", "--json");
  const { failed, undefended, layers } = readAttackReport(JSON.parse(stdout));
  expect(undefended).toEqual([]);
  expect({ code, failed }).toEqual({ code: 0, failed: 0 });
  expect(layers).toMatchObject({ log4shell: ["firewall"], "script-name": ["firewall"] });
});

it("names the option for a code where there is no terminal to ask on", async () => {
  await expect(operate("token", "user2@example.com")).resolves.toEqual({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("option '--totp' is required"),
  });
});

it("says that an authenticator is set up at a terminal, where there is none", async () => {
  await operate("user", "create", "new@example.com", "--pool", "1");
  await expect(operate("token", "new@example.com")).resolves.toEqual({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^new@example\.com has no authenticator yet.*terminal/s),
  });
});

it("keeps serving when a save does not build, says why, and deploys the next good one, type errors or not", async () => {
  await copy.save(greeting, "Message forwarded", "`Note passed on");
  await command.line(/greeting\.ts:\d+:\d+/);
  await command.line(/The previous deployment stays active/);
  await expect(greet("Ada")).resolves.toMatchObject({ status: 200 });
  const stages = path.join(copy.folder, "stacks/settings/stages.ts");
  fs.appendFileSync(stages, '\nexport const wrong: number = "text";\n');
  await copy.save(greeting, "`Note", "Note");
  const milliseconds = await untilAnswer(/Note passed on/);
  console.info(`The save was live after ${milliseconds} ms`);
  await command.line(/stages\.ts\(\d+,\d+\): error TS2322/);
  await command.line(/It was deployed anyway/);
});

it("stops at a breakpoint, whose place in the sources the bundle's map tells", async () => {
  await untilAnswer(/Note passed on/);
  const { inspector, bundle } = await attachTo("ExternalLambda");
  try {
    const code = fs.readFileSync(bundle, "utf8").split("\n");
    expect(sourcesOf(code, bundle)).toContain(pathToFileURL(path.join(copy.folder, greeting)).href);

    await inspector.call("Debugger.enable");
    const lineNumber = code.findIndex((line) => line.includes("Note passed on"));
    const columnNumber = code[lineNumber]?.indexOf("Note passed on");
    const url = pathToFileURL(bundle).href;
    await inspector.call("Debugger.setBreakpointByUrl", { url, lineNumber, columnNumber });
    const paused = inspector.event("Debugger.paused");
    const answer = greet("Grace");
    await paused;
    await inspector.call("Debugger.resume");
    await expect(answer).resolves.toMatchObject({ status: 200 });
  } finally {
    inspector.close();
  }
});

/** The newest environment of a function, which need not be the newest of all, and its bundle. */
async function attachTo(name: string) {
  const addresses = command.stdout.flatMap((line) => /ws:\/\/\S+/.exec(line) ?? []);
  for (const address of addresses.toReversed()) {
    const inspector = await attach(address).catch(() => undefined);
    if (inspector === undefined) continue; // It has ended.
    const expression = "process.argv[2]";
    const handler = handlerSchema.parse(await inspector.call("Runtime.evaluate", { expression }));
    const bundle = path.join(path.dirname(handler.result.value), "bundle.mjs");
    if (bundle.includes(name)) return { inspector, bundle };
    inspector.close();
  }
  throw new Error(`No environment of ${name} can be attached to.`);
}

const handlerSchema = z.object({ result: z.object({ value: z.string() }) });
const mapSchema = z.object({ sources: z.array(z.string()) });

/** The addresses of the sources, as VS Code finds them: the map by the bundle's last line, they by the bundle. */
function sourcesOf(code: readonly string[], bundle: string): readonly string[] {
  const comment = "//# sourceMappingURL=";
  const address = code.findLast((line) => line.startsWith(comment))?.slice(comment.length) ?? "";
  const from = pathToFileURL(bundle);
  const map = fs.readFileSync(new URL(address, from), "utf8");
  return mapSchema.parse(JSON.parse(map)).sources.map((source) => new URL(source, from).href);
}
