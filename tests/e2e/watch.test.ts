/** `npm start -- --watch --inspect`: saved sources are deployed again, and functions can be debugged. */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { localPassword, signIn } from "../../scripts/support/users.ts";
import { start, type Command } from "../support/command.ts";
import { copySources, type SourceCopy } from "../support/dev-app.ts";
import { attach } from "../support/inspector.ts";

const greeting = "packages/core/src/greeting.ts";
const readySchema = z.object({ apiUrl: z.url(), awsUrl: z.url() });

let copy: SourceCopy;
let command: Command;
let apiUrl: string;
let token: string;

beforeAll(async () => {
  copy = copySources();
  const script = fileURLToPath(new URL("../../scripts/start.ts", import.meta.url));
  const args = ["--watch", "--inspect", "--port", "0", "--aws-port", "0", "--json"];
  command = start(["node", script, ...args], { cwd: copy.folder });
  const urls = readySchema.parse(JSON.parse(await command.line(/"ready"/)));
  apiUrl = urls.apiUrl;
  token = await tokenOfUser1(urls.awsUrl);
});
afterAll(async () => {
  command.interrupt();
  await command.ended;
  copy.remove();
});

async function tokenOfUser1(endpoint: string): Promise<string> {
  const cognito = new CognitoIdentityProviderClient({
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const target = { stage: "local", local: true, cognito };
  const user = { email: "user1@example.com", password: localPassword };
  return signIn(target, await findUserPool(target, 1), user).finally(() => cognito.destroy());
}

async function greet(name: string) {
  const response = await fetch(`${apiUrl}/lambda1`, {
    method: "POST",
    headers: { authorization: token, "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  return { status: response.status, text: await response.text() };
}

async function untilAnswer(pattern: RegExp): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < 50_000) {
    if (pattern.test((await greet("Ada")).text)) return Math.round(performance.now() - startedAt);
    await delay(100);
  }
  throw new Error(`There was no answer like ${pattern}:\n${command.stderr.join("\n")}`);
}

it("keeps serving when a save does not build, says why, and deploys the next good one", async () => {
  await copy.save(greeting, "Message forwarded", "`Note passed on");
  await command.line(/greeting\.ts:\d+:\d+/);
  await command.line(/What was deployed before stands/);
  await expect(greet("Ada")).resolves.toMatchObject({ status: 200 });
  await copy.save(greeting, "`Note", "Note");
  const milliseconds = await untilAnswer(/Note passed on/);
  console.info(`The save was live after ${milliseconds} ms`);
});

it("stops at a breakpoint, whose place in the sources the bundle's map tells", async () => {
  await untilAnswer(/Note passed on/);
  const address = /ws:\/\/\S+/.exec(
    command.stdout.findLast((line) => line.includes("ws://")) ?? "",
  );
  const inspector = await attach(address?.[0] ?? "");
  try {
    const expression = "process.argv[2]";
    const handler = handlerSchema.parse(await inspector.call("Runtime.evaluate", { expression }));
    const bundle = path.join(path.dirname(handler.result.value), "bundle.mjs");
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

const handlerSchema = z.object({ result: z.object({ value: z.string() }) });
const mapSchema = z.object({ sources: z.array(z.string()) });

/** The addresses of the sources, as a debugger finds them by the bundle's last line. */
function sourcesOf(code: readonly string[], bundle: string): readonly string[] {
  const comment = "//# sourceMappingURL=";
  const address = code.findLast((line) => line.startsWith(comment))?.slice(comment.length) ?? "";
  const map = new URL(address, pathToFileURL(bundle));
  const { sources } = mapSchema.parse(JSON.parse(fs.readFileSync(map, "utf8")));
  return sources.map((source) => new URL(source, map).href);
}
