/** Init tasks: they help, and they cannot harm. */
import { SecretUnavailableError } from "@secure-lambda/core";
import { expect, test } from "vitest";
import { runInitTasks, type FailedInitTask } from "../src/init-tasks.ts";

const never = () => new Promise<never>(() => {});

/** Runs the tasks; returns the warnings. */
async function warningsOf(
  tasks: Record<string, () => Promise<unknown>>,
): Promise<FailedInitTask[]> {
  const warnings: FailedInitTask[] = [];
  await runInitTasks({ tasks, limitMs: 20, warn: (entry) => warnings.push(entry) });
  return warnings;
}

test("all tasks are done before it resolves, without a warning", async () => {
  const done: string[] = [];
  const task = (name: string) => async () => {
    await Promise.resolve();
    done.push(name);
  };
  expect(await warningsOf({ one: task("one"), two: task("two") })).toEqual([]);
  expect(done).toEqual(["one", "two"]);
});

test.each([
  ["rejects", () => Promise.reject(new SecretUnavailableError("hunter2"))],
  [
    "throws",
    () => {
      throw new SecretUnavailableError("hunter2");
    },
  ],
])("a task that %s is named in a warning without its message", async (_, task) => {
  const warnings = await warningsOf({ "read the secret": task, other: async () => {} });
  expect(warnings).toMatchObject([
    { message: "Init task failed: read the secret", error: { type: "SecretUnavailableError" } },
  ]);
  expect(JSON.stringify(warnings)).not.toContain("hunter2");
});

test("a task that hangs is not waited for", async () => {
  expect(await warningsOf({ hanging: never })).toMatchObject([
    { message: "Init task failed: hanging", error: { type: "InitTimeoutError" } },
  ]);
});

test("a task that fails after its time limit does no harm", async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  expect(await warningsOf({ slow: () => promise })).toHaveLength(1);
  reject(new Error("late"));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
