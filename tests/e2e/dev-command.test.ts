/** The command behind `npm run dev:local`, started as an editor starts it under its debugger. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { openCallers } from "../support/callers.ts";
import { start, type Command } from "../../packages/local/test/support/command.ts";
import { createHostileSettings } from "../support/hostile-settings.ts";
import { startSink, type Sink } from "../support/sink.ts";
import { copySources, type SourceCopy } from "../support/source-copy.ts";

let copy: SourceCopy;
let command: Command;
/** Where the shell and `.env` would lead, by every documented variable. */
let sink: Sink;
/** Where the debugger stub notes which workers it was loaded into. */
let notes: string;
beforeAll(async () => {
  copy = copySources();
  sink = await startSink();
  const settings = createHostileSettings(path.join(copy.folder, ".local-cloud", "hostile"), sink);
  fs.writeFileSync(path.join(copy.folder, ".env"), settings.dotEnv);
  notes = path.join(copy.folder, ".sst", "workers");
  const args = ["--port", "0", "--aws-port", "0", "--json"];
  command = start(["node", inRepository("scripts/dev-local.ts"), ...args], {
    cwd: copy.folder,
    env: {
      PATH: process.env["PATH"],
      ...settings.shell,
      NODE_OPTIONS: `--require ${inRepository("tests/support/note-worker.ts")}`,
      VSCODE_INSPECTOR_OPTIONS: notes,
    },
  });
});
afterAll(async () => {
  await command.ended;
  await sink.stop();
  copy.remove();
});

it("lets an editor's debugger into each worker, and VS Code finds what it runs", async ({
  onTestFailed,
}) => {
  onTestFailed(() => command.interrupt());
  const { apiUrl, awsUrl } = await untilReady();
  const callers = openCallers("local", { api: apiUrl, aws: awsUrl });
  const authorization = await callers.token(1);
  callers.close();
  const answer = await callers.post("/lambda1", { authorization, body: { name: "Ada" } });
  expect(answer.status).toBe(200);
  await expect
    .poll(bundles, { timeout: 150_000 })
    .toEqual([
      expect.stringContaining("ExternalLambda"),
      expect.stringContaining("InternalLambda"),
    ]);
  expect(bundles().filter((bundle) => !fs.existsSync(bundle))).toEqual([]);
  const globs = readLaunch().outFiles.map((g) => g.replace("${workspaceFolder}", copy.folder));
  const isTold = (bundle: string) => globs.some((glob) => path.matchesGlob(bundle, glob));
  expect(bundles().filter((bundle) => !isTold(bundle))).toEqual([]);
});

it("is not led out of the local cloud", () => {
  expect(sink.received).toEqual([]);
});

it("leaves no process, port or file after Ctrl-C", async ({ onTestFailed }) => {
  onTestFailed(() => command.interrupt());
  const { apiUrl, awsUrl } = await untilReady();
  expect((await fetch(`${apiUrl}/lambda1`, { method: "POST" })).status).toBe(401);
  command.interrupt();
  await expect(command.ended).resolves.toBe(0);
  await expect(fetch(apiUrl)).rejects.toThrow("fetch failed");
  await expect(fetch(awsUrl)).rejects.toThrow("fetch failed");
  expect(fs.readdirSync(path.join(copy.folder, ".local-cloud", "runs"))).toEqual([]);
  expect(fs.existsSync(path.join(copy.folder, ".sst", "local.server"))).toBe(false);
});

it("is what VS Code starts", () => {
  const { runtimeExecutable, runtimeArgs } = readLaunch();
  expect([runtimeExecutable, ...runtimeArgs]).toEqual(["npm", "run", "dev:local"]);
  const { scripts } = packageSchema.parse(readJson("package.json"));
  expect(scripts["dev:local"]).toMatch(/^exec node .+ scripts\/dev-local\.ts$/);
});

const readySchema = z.object({ apiUrl: z.url(), awsUrl: z.url() });
const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });
const launchSchema = z.object({
  configurations: z.tuple([
    z.object({
      runtimeExecutable: z.string(),
      runtimeArgs: z.array(z.string()),
      outFiles: z.array(z.string()),
    }),
  ]),
});

/** What the command says when it is ready. */
async function untilReady() {
  return readySchema.parse(JSON.parse(await command.line(/"ready"/)));
}

/** The bundles of the workers that the debugger was loaded into. */
function bundles(): readonly string[] {
  if (!fs.existsSync(notes)) return [];
  const handlers = fs.readFileSync(notes, "utf8").trim().split("\n");
  return handlers.map((handler) => handler.replace(/\.handler$/, ".mjs")).toSorted();
}

/** The launch configuration for VS Code. */
function readLaunch() {
  return launchSchema.parse(readJson(".vscode/launch.json")).configurations[0];
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(inRepository(file), "utf8"));
}

function inRepository(file: string): string {
  return fileURLToPath(new URL(`../../${file}`, import.meta.url));
}
