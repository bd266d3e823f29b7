/**
 * Between invocations an execution environment is frozen. Source:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
import { execFileSync } from "node:child_process";
import { expect, test, vi } from "vitest";
import * as z from "zod";
import { answerOf, jsonLog, startLambda, type TestLambda } from "./lambda-harness.ts";

/** Leaves a request and a process behind when it is told to; answers their process ids. */
const LEAVES_THINGS = `
  import { spawn } from "node:child_process";
  export const handler = async ({ leave }) => {
    if (!leave) return console.log("the next one");
    fetch(process.env.AWS_ENDPOINT_URL).then(() => console.log("the response"));
    return [process.pid, spawn("sleep", ["1000"]).pid];
  };
`;

const deadline = { timeout: 30_000, interval: 5 };

const stateOf = (pid: number) =>
  execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).charAt(0);

/** What the function has logged by itself, in order. */
const printed = ({ logs }: TestLambda) =>
  jsonLog(logs).flatMap(({ message }) => (typeof message === "string" ? [message] : []));

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
    const left = await answerOf(cloud.lambda, arn, { leave: true });
    const pids = z.array(z.number()).length(2).parse(left);
    await vi.waitFor(() => expect(pids.map(stateOf)).toEqual(["T", "T"]), deadline);
    cloud.gate.open();
    expect(printed(cloud)).toEqual([]);

    // The process handles the response that it has got as soon as it goes on, and rests again.
    await vi.waitFor(async () => {
      await answerOf(cloud.lambda, arn, {});
      expect(printed(cloud)).toContain("the response");
    }, deadline);
    await vi.waitFor(() => expect(pids.map(stateOf)).toEqual(["T", "T"]), deadline);
  });
});

test("nothing rests while someone debugs", async () => {
  await withLambda({ timeLimits: false }, async (cloud, arn) => {
    await answerOf(cloud.lambda, arn, { leave: true });
    cloud.gate.open();
    await vi.waitFor(() => expect(printed(cloud)).toEqual(["the response"]), deadline);
  });
});
