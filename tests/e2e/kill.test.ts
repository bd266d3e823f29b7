/** What `kill -9` may do to a function, and to the local cloud itself. */
import fs from "node:fs";
import path from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as z from "zod";
import { findQueue } from "../../scripts/dead-letters/queue.ts";
import { findTarget } from "../../scripts/support/target.ts";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { localPassword, signIn } from "../../scripts/support/users.ts";
import { isAlive } from "../../packages/local/test/services/lambda/processes.ts";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { start, type Command } from "../../packages/local/test/support/command.ts";
import {
  commandOf,
  descendantsOf,
  environmentsOf,
  killProcess,
  processesIn,
} from "../support/processes.ts";

const readySchema = z.object({ ready: z.literal(true), apiUrl: z.url(), awsUrl: z.url() });

/** Far above what anything here takes, on a machine that is busy with other things. */
const deadline = { timeout: 150_000, interval: 10 };

let app: AppCopy;
let cloud: Awaited<ReturnType<typeof startReady>>;
beforeAll(() => {
  app = copyApp({ platform: true });
});
afterAll(async () => {
  cloud?.interrupt();
  await cloud?.ended;
  app.remove();
});

/** Starts the cloud; its process is known by the folder that it makes for its run. */
async function startCloud() {
  const before = runs();
  const args = ["scripts/start.ts", "--port", "0", "--aws-port", "0", "--json"];
  const command = start(["node", ...args], { cwd: app.folder });
  const pid = await vi.waitUntil(() => runs().find((run) => !before.includes(run)), deadline);
  return { ...command, pid };
}

/** A cloud that is ready, and user1's way to greet. */
async function startReady() {
  const command = await startCloud();
  const { apiUrl, awsUrl } = readySchema.parse(JSON.parse(await command.line(/"ready"/)));
  const target = await findTarget({ awsPort: new URL(awsUrl).port });
  const user = { email: "user1@example.com", password: localPassword };
  const token = await signIn(target, await findUserPool(target, 1), user);
  target.cognito.destroy();
  return {
    ...command,
    awsUrl,
    async greet(name: string): Promise<number> {
      const response = await fetch(`${apiUrl}/lambda1`, {
        method: "POST",
        headers: { authorization: token, "content-type": "application/json" },
        body: JSON.stringify({ name }),
      });
      await response.body?.cancel();
      return response.status;
    },
  };
}

/** Kills only the process, as the kernel does when memory runs out, and sees what is left. */
async function kill(command: Command & { pid: number }): Promise<void> {
  const started = descendantsOf(command.pid);
  expect(started).not.toEqual([]);
  killProcess(command.pid);
  await command.ended;
  await vi.waitFor(() => {
    expect([...started.filter(isAlive), ...processesIn(app.folder)]).toEqual([]);
  }, deadline);
}

/** Whether the SST CLI has come to what it calls Pulumi. */
function isEngineAtWork(pid: number): boolean {
  return descendantsOf(pid).some((child) => / \S+engine\/main\.ts up /.test(commandOf(child)));
}

/** How many lines the cloud has printed with a text in them. */
const linesWith = (text: string) => cloud.stdout.filter((line) => line.includes(text)).length;

/** The runs of the folder, by the id of their process. */
function runs(): number[] {
  const folder = path.join(app.folder, ".local-cloud", "runs");
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).map((name) => Number.parseInt(name, 10));
}

/** The bodies of the dead letters that no call before has given. */
async function takeDeadLetters(awsUrl: string): Promise<string> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({ region: "us-east-1", endpoint: awsUrl, credentials });
  try {
    const queue = await findQueue(sqs, { stage: "local", local: true });
    return (await queue.holdAll(100)).map(({ body }) => body).join("\n");
  } finally {
    sqs.destroy();
  }
}

it("everything that the cloud has started ends when it is killed while it deploys; the next start is clean", async () => {
  const killed = await startCloud();
  await vi.waitUntil(() => isEngineAtWork(killed.pid), deadline);
  await kill(killed);
  expect(runs()).toEqual([killed.pid]);

  cloud = await startReady();
  expect(runs()).toEqual([cloud.pid]);
}, 400_000);

/** The status of a request whose environment is killed as soon as it is there. */
async function interrupt(): Promise<number> {
  const interrupted = cloud.greet("Interrupted");
  killProcess(await vi.waitUntil(() => environmentsOf(app.folder, "ExternalLambda")[0], deadline));
  return interrupted;
}

it("a request whose ExternalLambda is killed gets 502, the next one is served", async () => {
  // Until one is killed before it has answered.
  await expect.poll(interrupt, deadline).toBe(502);
  expect(await cloud.greet("Next")).toBe(200);
});

it("every acknowledged name is greeted or a dead letter, though InternalLambda is killed again and again", async () => {
  const before = linesWith("Runtime.ExitError");
  const acknowledged: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (const part of ["a", "b", "c"]) {
      const name = `Name-${round}-${part}`;
      if ((await cloud.greet(name)) === 200) acknowledged.push(name);
    }
    environmentsOf(app.folder, "InternalLambda").forEach(killProcess);
  }
  expect(acknowledged).toHaveLength(30);
  await expect.poll(() => linesWith("Runtime.ExitError"), deadline).toBeGreaterThan(before);
  let letters = "";
  await vi.waitFor(async () => {
    const rest = acknowledged.filter((name) => linesWith(`Hello ${name}. Greetings`) === 0);
    if (rest.length === 0) return;
    letters += await takeDeadLetters(cloud.awsUrl);
    expect(rest.filter((name) => !letters.includes(name))).toEqual([]);
  }, deadline);
});

it("and so it does when it is killed while it serves; the next start removes what is left", async () => {
  // An environment without work ends after a while.
  expect(await cloud.greet("Last")).toBe(200);
  expect(environmentsOf(app.folder, "ExternalLambda")).not.toEqual([]);
  await kill(cloud);
  expect(runs()).toEqual([cloud.pid]);

  const next = await startCloud();
  await vi.waitFor(() => expect(runs()).toEqual([next.pid]), deadline);
  next.interrupt();
  await next.ended;
});
