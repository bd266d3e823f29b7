/**
 * Between invocations an execution environment is frozen. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import * as z from "zod";
import { answerOf, jsonLog, startLambda, type TestLambda } from "./support.ts";

/** Leaves a timer and a process behind when it is told to; answers their process ids. */
const LEAVES_THINGS = `
  import { spawn } from "node:child_process";
  export const handler = async ({ timerMs }) => {
    if (timerMs === undefined) return [];
    setTimeout(() => console.log("the timer"), timerMs);
    return [process.pid, spawn("sleep", ["1000"]).pid];
  };
`;

/** Longer than an answer takes on a busy machine, so that the timer is left behind. */
const TIMER_MS = 1000;

const deadline = { timeout: 10_000, interval: 5 };

const stateOf = (pid: number) =>
  execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).charAt(0);

const timerRan = ({ logs }: TestLambda) =>
  jsonLog(logs).some(({ message }) => message === "the timer");

async function withLambda(
  options: Parameters<typeof startLambda>[0],
  use: (cloud: TestLambda, arn: string) => Promise<void>,
): Promise<void> {
  const cloud = await startLambda(options);
  try {
    await use(cloud, await cloud.put(LEAVES_THINGS));
  } finally {
    await cloud.stop();
  }
}

test("what an invocation leaves behind rests until the next one, processes too", async () => {
  await withLambda({}, async (cloud, arn) => {
    const left = await answerOf(cloud.lambda, arn, { timerMs: TIMER_MS });
    const pids = z.array(z.number()).length(2).parse(left);
    await vi.waitFor(() => expect(pids.map(stateOf)).toEqual(["T", "T"]), deadline);
    await delay(TIMER_MS);
    expect(timerRan(cloud)).toBe(false);

    await answerOf(cloud.lambda, arn);

    await vi.waitFor(() => expect(timerRan(cloud)).toBe(true), deadline);
    await vi.waitFor(() => expect(pids.map(stateOf)).toEqual(["T", "T"]), deadline);
  });
});

test("nothing rests while someone debugs", async () => {
  await withLambda({ timeLimits: false }, async (cloud, arn) => {
    await answerOf(cloud.lambda, arn, { timerMs: 1 });
    await vi.waitFor(() => expect(timerRan(cloud)).toBe(true), deadline);
  });
});
