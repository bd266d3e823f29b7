/** What an execution environment can see and reach, and what it cannot. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { listenAsAws } from "../../../src/aws-listener.ts";
import { answerOf, startLambda, type TestLambda } from "./lambda-harness.ts";

let cloud: TestLambda;

beforeEach(async () => {
  vi.stubEnv("CANARY", "secret-of-the-parent");
  vi.stubEnv("AWS_PROFILE", "production");
  cloud = await startLambda();
});
afterEach(async () => {
  await cloud.stop();
  vi.unstubAllEnvs();
});

const LOOKING = `
  import fs from "node:fs";
  export const handler = async () => ({
    environment: process.env,
    cwd: process.cwd(),
    files: fs.readdirSync("."),
    arguments: process.execArgv,
    input: fs.readFileSync(0, "utf8"),
    temporary: fs.existsSync(process.env.TMPDIR),
  });
`;
const seenSchema = z.object({
  environment: z.record(z.string(), z.string()),
  cwd: z.string(),
  files: z.array(z.string()),
  arguments: z.array(z.string()),
  input: z.string(),
  temporary: z.boolean(),
});

test("an environment holds Lambda's variables and the function's own, and nothing else", async () => {
  const arn = await cloud.put(LOOKING, { environment: { TABLE: "orders" }, name: "Looking" });

  const { environment } = seenSchema.parse(await answerOf(cloud.lambda, arn));

  expect(Object.keys(environment).toSorted()).toEqual([
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_ENDPOINT_URL",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_FORMAT",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_XRAY_CONTEXT_MISSING",
    "HOME",
    "LAMBDA_TASK_ROOT",
    "LANG",
    "PATH",
    "TABLE",
    "TMPDIR",
    "TZ",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
  ]);
  expect(environment).toMatchObject({ AWS_ACCESS_KEY_ID: "Looking", TABLE: "orders", TZ: ":UTC" });
  expect(JSON.stringify(environment)).not.toContain("secret-of-the-parent");
});

test("a function cannot choose a home, where a profile for AWS could be", async () => {
  const arn = await cloud.put(LOOKING, { environment: { HOME: "/root", LANG: "C" } });

  const { environment } = seenSchema.parse(await answerOf(cloud.lambda, arn));

  expect(environment["HOME"]).toContain(cloud.folder);
  expect(environment["LANG"]).toBe("C");
});

test("a function that calls AWS by its own address reaches the local cloud, by a thread or process too, and knows nothing of it", async () => {
  const aws = await listenAsAws({
    api: () => new Response(null),
    aws: async ({ url }) => new Response(url),
    login: async () => new Response(null),
    folder: cloud.folder,
  });
  const inside = await startLambda({ stayLocal: () => aws.variables });
  const arn = await inside.put(`
    import { execFileSync } from "node:child_process";
    import { once } from "node:events";
    import { Worker } from "node:worker_threads";
    const call = 'fetch("https://sns.us-east-1.amazonaws.com/topics").then((response) => response.text())';
    const send = 'import("node:worker_threads").then(({ parentPort }) => ' + call + '.then((text) => parentPort.postMessage(text)))';
    export const handler = async () => [
      await eval(call),
      (await once(new Worker(send, { eval: true }), "message"))[0],
      String(execFileSync(process.execPath, ["-e", call + ".then(console.log)"])).trim(),
      ...Object.keys(process.env).filter((name) => /^(?:LOCAL_CLOUD|NODE_OPTIONS)/.test(name)),
    ];
  `);

  const topics = "https://sns.us-east-1.amazonaws.com/topics";
  expect(await answerOf(inside.lambda, arn)).toEqual([topics, topics, topics]);
  await inside.stop();
  await aws.close();
});

test("a handler runs in its unpacked code, with empty input and a temporary folder", async () => {
  const arn = await cloud.put(LOOKING);

  const seen = seenSchema.parse(await answerOf(cloud.lambda, arn));

  expect(seen).toMatchObject({ files: ["bundle.mjs"], arguments: [], input: "", temporary: true });
  expect(seen.cwd).toBe(cloud.lambda.getFunction(arn)?.version.codeFolder);
  expect(seen.environment["TMPDIR"]).toContain(cloud.folder);
  expect(seen.environment["HOME"]).toContain(cloud.folder);
});

test("processes and threads that a handler starts are plain ones", async () => {
  const arn = await cloud.put(`
    import { fork } from "node:child_process";
    import { Worker } from "node:worker_threads";
    import { writeFileSync } from "node:fs";
    const source = "const seen = console.log.toString().includes('formatLine') ? 'patched' : 'plain';" +
      "if (process.send) process.send(seen); else require('node:worker_threads').parentPort.postMessage(seen);";
    const answer = (started) => new Promise((resolve) => started.once("message", resolve));
    export const handler = async () => {
      const file = process.env.TMPDIR + "/other.cjs";
      writeFileSync(file, source);
      return Promise.all([answer(fork(file)), answer(new Worker(file))]);
    };
  `);

  expect(await answerOf(cloud.lambda, arn)).toEqual(["plain", "plain"]);
});

test.for([
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_SNS",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_ACCESS_KEY_ID",
  "AWS_SESSION_TOKEN",
  "AWS_PROFILE",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "LOCAL_CLOUD_TLS_PORT",
  "NODE_USE_ENV_PROXY",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "_HANDLER",
])("a function may not set %s", async (key) => {
  await expect(cloud.put(LOOKING, { environment: { [key]: "mine" } })).rejects.toMatchObject({
    code: "InvalidParameterValueException",
    message: `The environment of Function may not set ${key}: it is reserved.`,
  });
  expect(cloud.lambda.getFunction("Function")).toBeUndefined();
});

test.for([
  [{ runtime: "python3.13" }, `The local cloud does not support the runtime "python3.13"`],
  [{ name: "../up" }, `"../up" is not a function name.`],
  [{ handler: "../../bundle.handler" }, "is not a handler inside the code"],
  [{ handler: "/bundle.handler" }, "is not a handler inside the code"],
  // Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  [{ timeoutSeconds: 0 }, "The timeout of Function is not 1–900 seconds."],
  [{ timeoutSeconds: 901 }, "The timeout of Function is not 1–900 seconds."],
  [{ memoryMb: 64 }, "The memory of Function is not 128–10240 MB."],
  [{ reservedConcurrency: -1 }, "The reserved concurrency of Function is not 0–1000."],
  [{ environment: { GOOD: "a\0b" } }, "holds an impossible variable"],
  [
    { environment: { NODE_OPTIONS: "--enable-source-maps --use-env-proxy" } },
    "The NODE_OPTIONS of Function may not hold --use-env-proxy.",
  ],
] as const)(
  "settings that cannot be run are rejected by name: %j",
  async ([settings, sentence]) => {
    await expect(cloud.put(LOOKING, settings)).rejects.toThrow(sentence);
  },
);

// Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
test("an environment of more than 4 kB is rejected", async () => {
  const allowed = { BIG: "x".repeat(4_086) };
  await expect(cloud.put(LOOKING, { environment: { BIG: `${allowed.BIG}x` } })).rejects.toThrow(
    "The environment of Function has 4097 bytes as JSON, more than the 4096 that Lambda takes.",
  );
  await expect(cloud.put(LOOKING, { environment: allowed })).resolves.toBeDefined();
});

test("the Runtime API answers to nobody but a living environment about its own request", async () => {
  const arn = await cloud.put(`
    export const handler = async () => {
      const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/";
      const post = async (path) => (await fetch(api + path, { method: "POST", body: "{}" })).status;
      return {
        otherRequest: await post("invocation/00000000-0000-0000-0000-000000000000/response"),
        lateInitError: await post("init/error"),
        unknownPath: await post("exit/error"),
        wrongMethod: await post("invocation/next"),
      };
    };
  `);
  const stranger = `${cloud.runtimeUrl}/00000000-0000-4000-8000-000000000000/2018-06-01/runtime`;

  expect(await answerOf(cloud.lambda, arn)).toEqual({
    otherRequest: 400,
    lateInitError: 400,
    unknownPath: 404,
    wrongMethod: 405,
  });
  expect((await fetch(`${stranger}/invocation/next`)).status).toBe(410);
});

test("a request cannot be answered twice", async () => {
  const arn = await cloud.put(`
    let late = 0;
    export const handler = async (event, { awsRequestId }) => {
      if (event.late) return late;
      const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/";
      const url = api + "invocation/" + awsRequestId + "/response";
      const post = (body) => fetch(url, { method: "POST", body });
      await post('"first"');
      late = (await post('"second"')).status;
    };
  `);

  expect(await answerOf(cloud.lambda, arn)).toBe("first");
  expect(await answerOf(cloud.lambda, arn, { late: true })).toBe(400);
});

test("stopping leaves no process and no folder of an environment", async () => {
  const arn = await cloud.put(LOOKING);
  const { environment } = seenSchema.parse(await answerOf(cloud.lambda, arn));
  const home = z.string().parse(environment["HOME"]);
  expect(existsSync(home)).toBe(true);

  await cloud.lambda.stop();

  expect(await readdir(join(cloud.folder, "state", "environments"))).toEqual([]);
  await expect(cloud.put(LOOKING, { name: "Later" })).rejects.toThrow("was stopped");
});
