/** `npm start -- --watch --inspect`: saved sources are deployed again, and functions can be debugged. */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { openCallers, type Callers } from "../support/callers.ts";
import { start, type Command } from "../../packages/local/test/support/command.ts";
import { attach } from "../support/inspector.ts";
import { copySources, type SourceCopy } from "../support/source-copy.ts";

const greeting = "packages/core/src/domain/greeting.ts";
/** Not the default, so that users and deployments are those of the stage that was asked for. */
const stage = "ada";
const readySchema = z.object({ apiUrl: z.url(), awsUrl: z.url() });

let copy: SourceCopy;
let command: Command;
let callers: Callers;
let token: string;

beforeAll(async () => {
  copy = copySources();
  const script = fileURLToPath(new URL("../../scripts/start.ts", import.meta.url));
  const args = ["--watch", "--inspect", "--port", "0", "--aws-port", "0", "--json"];
  command = start(["node", script, ...args, "--stage", stage], { cwd: copy.folder });
  const { apiUrl, awsUrl } = readySchema.parse(JSON.parse(await command.line(/"ready"/)));
  callers = openCallers(stage, { api: apiUrl, aws: awsUrl });
  token = await callers.token(1);
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
    await delay(100);
  }
  throw new Error(`There was no answer like ${pattern}:\n${command.stderr.join("\n")}`);
}

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

/** The addresses of the sources, as VS Code finds them: the map by the bundle's last line, they by the bundle. */
function sourcesOf(code: readonly string[], bundle: string): readonly string[] {
  const comment = "//# sourceMappingURL=";
  const address = code.findLast((line) => line.startsWith(comment))?.slice(comment.length) ?? "";
  const from = pathToFileURL(bundle);
  const map = fs.readFileSync(new URL(address, from), "utf8");
  return mapSchema.parse(JSON.parse(map)).sources.map((source) => new URL(source, from).href);
}
