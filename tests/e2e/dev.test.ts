/** The real `sst dev` against a local cloud: functions run from the sources on disk. */
import fs from "node:fs";
import path from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";
import { run, unwrapped } from "../../packages/local/test/support/command.ts";
import { startDevApp, type DevApp } from "../support/dev-app.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { blocksBelow } from "../support/play-books.ts";
import { attach, InspectorClosedError, type Inspector } from "../support/inspector.ts";

const greeting = "packages/core/src/domain/greeting.ts";

let app: DevApp;
beforeAll(async () => {
  app = await startDevApp();
});
afterAll(() => app.stop());

it("answers from the sources, outside and inside", async () => {
  await expect(app.greet("Ada")).resolves.toEqual({
    status: 200,
    text: expect.stringContaining("Hello Ada. Greetings from ExternalLambda1!"),
  });
  await app.untilLine(/Hello Ada\. Greetings from InternalLambda!/);
});

it("has the places of the sources in the stack of an error", async () => {
  const lambda = new LambdaClient(clientConfig(app.cloud.urls.aws));
  // Not by the topic: it would be tried again, and be a dead letter some tests later.
  const FunctionName = namesOf("local").resource("InternalLambda");
  await lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }));
  lambda.destroy();
  const place = /packages\/functions\/src\/sns\/[\w-]+\.ts:\d+:\d+/;
  expect(await app.untilLine(place)).not.toContain("bundle.mjs");
});

describe("a save", () => {
  it.each([
    [
      "of the handler's app",
      "packages/functions/src/http/app.ts",
      "({ message, ",
      "({ message: `Edited ${message}`, ",
      /Edited Hello/,
    ],
    ["of the domain", greeting, "Message forwarded", "Note passed on", /Note passed on/],
  ])("%s is in the next request's answer", async (_, file, from, to, answer) => {
    const undo = await app.save(file, from, to);
    const milliseconds = await app.untilAnswer(answer);
    console.info(`${file} was live ${milliseconds} ms after its save`);
    await undo();
    await expect(app.untilAnswer(/"Hello Ada.*Message forwarded/)).resolves.toBeDefined();
  });

  it("is in what InternalLambda logs", async () => {
    const undo = await app.save(greeting, "Greetings from InternalLambda!", "Salutations!");
    const greetAda = () => app.untilAnswer(/Message forwarded/);
    const line = await app.untilLogged(greetAda, /Salutations!/, /Greetings from InternalLambda!/);
    expect(line).toContain("Hello Ada. Salutations!");
    await undo();
  });

  it("of a stack is deployed", async () => {
    await app.save("stacks/functions/lambda-defaults.ts", '"256 MB"', '"512 MB"');
    await expect.poll(() => lambdaOf("ExternalLambda").memorySize, { timeout: 150_000 }).toBe(512);
    await app.untilAnswer(/Message forwarded/);
  }, 400_000);

  it("with a syntax error is shown with its place, and the next good one recovers", async () => {
    await app.untilAnswer(/Message forwarded/);
    const from = app.lines.length;
    const undo = await app.save(greeting, "export function", "export funktion");
    try {
      expect(await app.untilLine(/Build Error/, from)).toContain("[Function]");
      expect(await app.untilLine(/greeting\.ts:\d+:\d+/, from)).toContain("funktion");
    } finally {
      await undo();
    }
    await app.untilAnswer(/Message forwarded/);
  });
});

const blocks = blocksBelow("docs/operations.md", "Try it on your machine: a bug that is mended");
const [breakIt = "", greet = "", look = "", mendIt = "", lookAgain = ""] = blocks;

/** The commands of a block, for this cloud and these sources. */
async function typeBlock(block: string): Promise<string> {
  const { api, aws } = app.cloud.urls;
  const script = block
    .replaceAll("http://127.0.0.1:3000", api)
    // Other tests greet Ada.
    .replaceAll("Ada", "Lovelace")
    .replaceAll(/\bpackages\/functions\b/g, `${app.folder}/$&`)
    .replaceAll(/npm run (?:-s )?(\w+)(?: --)?([^)\n]*)/g, (_, name: string, args: string) =>
      [`node scripts/${name}.ts${args}`, `--aws-port ${new URL(aws).port}`].join(" "),
    );
  const { code, stdout, stderr } = await run(["bash", "-euc", script]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  return unwrapped(stdout);
}

async function greetLovelace(): Promise<void> {
  expect(await typeBlock(greet)).toContain("Message forwarded to InternalLambda.");
}

async function shows(block: string, ...texts: readonly RegExp[]): Promise<void> {
  const all = new RegExp(texts.map(({ source }) => source).join(".*"));
  await expect.poll(() => typeBlock(block), { timeout: 120_000 }).toMatch(all);
}

it("a bug in InternalLambda makes a dead letter and raises the alarm; mended, a redrive delivers it, as docs/operations.md has it", async () => {
  await app.untilAnswer(/Message forwarded/);
  // No greeting is under way that would fail as well.
  await app.greet("Barbara");
  await app.untilLine(/Hello Barbara\. Greetings from InternalLambda!/);
  // What other tests have made fail.
  await typeBlock("npm run redrive -- --drop --yes");
  await typeBlock(breakIt);
  const greeted = /Hello Lovelace\. Greetings from InternalLambda!/;
  await app.untilLogged(greetLovelace, /console\.inform is not a function/, greeted);
  await app.untilAlarm("DeadLetters", "ALARM");
  await shows(look, /TypeError, 3 attempts/, /alarms +\d of \d+ raised: .*DeadLetters/);
  const from = app.lines.length;
  expect(await typeBlock(mendIt)).toMatch(/TypeError, 3 attempts.* Moved 1, left 0\. /);
  await app.untilLine(greeted, from);
  await app.untilAlarm("DeadLetters", "OK");
  await shows(lookAgain, /The dead-letter queue is empty\./, /alarms +0 of \d+ raised/);
});

it("stops at a breakpoint, shows the local variable, and then answers", async () => {
  await expect(untilStopped()).resolves.toMatchObject({
    variable: { result: { value: "Grace" } },
    answer: { status: 200 },
  });
});

/** A save or a deployment replaces each worker that it concerns, also while a debugger is attached. */
async function untilStopped() {
  for (;;) {
    await app.untilAnswer(/Message forwarded/);
    const stopped = await stopWhereItGreets().catch((error: unknown) => {
      if (!(error instanceof InspectorClosedError)) throw error;
    });
    if (stopped !== undefined) return stopped;
  }
}

/** The variable at the breakpoint and the answer after it; undefined while the worker is being replaced. */
async function stopWhereItGreets() {
  const worker = await attachToWorker("ExternalLambda");
  if (worker === undefined) return undefined;
  const { inspector, bundle } = worker;
  try {
    const code = fs.readFileSync(bundle, "utf8").split("\n");
    const lineNumber = code.findIndex((line) => line.includes("Message forwarded"));
    if (lineNumber < 0) return undefined; // A build has begun to write it.
    await inspector.call("Debugger.enable");
    await inspector.call("Debugger.setBreakpointByUrl", { url: `file://${bundle}`, lineNumber });
    const stopped = inspector.event("Debugger.paused");
    const answer = app.greet("Grace");
    const paused = await Promise.race([stopped, answer.then(() => undefined)]);
    if (paused === undefined) return undefined;
    const { callFrameId } = pausedSchema.parse(paused).callFrames[0];
    const expression = "name";
    const variable = await inspector.call("Debugger.evaluateOnCallFrame", {
      callFrameId,
      expression,
    });
    await inspector.call("Debugger.resume");
    return { variable, answer: await answer };
  } finally {
    inspector.close();
  }
}

const pausedSchema = z.object({
  callFrames: z.tuple([z.object({ callFrameId: z.string() })]).rest(z.unknown()),
});
const handlerSchema = z.object({ result: z.object({ value: z.string() }) });

/** The function's worker that runs now, and the bundle that it has loaded; undefined while none does. */
async function attachToWorker(
  name: string,
): Promise<{ inspector: Inspector; bundle: string } | undefined> {
  const addresses = app.lines.flatMap((line) => /ws:\/\/\S+/.exec(line) ?? []);
  for (const address of addresses.toReversed()) {
    const inspector = await attach(address).catch(() => undefined);
    if (!inspector) continue; // The worker has ended.
    const expression = "process.argv[2]";
    const handler = handlerSchema.parse(await inspector.call("Runtime.evaluate", { expression }));
    const folder = path.dirname(handler.result.value);
    if (folder.includes(name)) return { inspector, bundle: path.join(folder, "bundle.mjs") };
    inspector.close();
  }
  return undefined;
}

it("grants ExternalLambda's calls without a condition on the function: its code runs outside Lambda", () => {
  const role = app.cloud.graph("local").find(({ name }) => name === "ExternalLambdaRole");
  const grants = JSON.stringify(role?.inputs["inlinePolicies"]);
  expect(grants).toContain("secretsmanager:GetSecretValue");
  expect(grants).not.toContain("lambda:SourceFunctionArn");
});

describe("what the local cloud stands on in SST", () => {
  it.each(["ExternalLambda", "InternalLambda"])("is in how %s is deployed", (name) => {
    const { runtime, handler, environment } = lambdaOf(name);
    expect({ runtime, handler }).toEqual({ runtime: "provided.al2023", handler: "bootstrap" });
    const names = Object.keys(environment.variables).filter((variable) =>
      variable.startsWith("SST_"),
    );
    expect(names.toSorted()).toEqual([
      "SST_APP",
      "SST_APPSYNC_HTTP",
      "SST_APPSYNC_REALTIME",
      "SST_ASSET_BUCKET",
      "SST_FUNCTION_ID",
      "SST_KEY",
      "SST_KEY_FILE",
      "SST_REGION",
      "SST_RESOURCE_App",
      "SST_STAGE",
    ]);
  });
});

/** A function as it stands. */
function lambdaOf(name: string) {
  const resources = app.cloud.graph("local");
  return lambdaSchema.parse(resources.find((resource) => resource.name === `${name}Function`))
    .inputs;
}

const lambdaSchema = z.object({
  inputs: z.object({
    memorySize: z.int(),
    runtime: z.string(),
    handler: z.string(),
    environment: z.object({ variables: z.record(z.string(), z.string()) }),
  }),
});
