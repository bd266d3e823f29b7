/** What the init phase does ahead: it helps, and it cannot harm. */
import { SecretUnavailableError } from "@secure-lambda/core";
import { expect, test } from "vitest";
import { workAhead, type LeftOut } from "../../packages/functions/src/init/work-ahead.ts";

const never = () => new Promise<never>(() => {});

/** Does the steps; what it warned of. */
async function warningsOf(steps: Record<string, () => Promise<unknown>>): Promise<LeftOut[]> {
  const warnings: LeftOut[] = [];
  await workAhead({ steps, limitMs: 20, warn: (entry) => warnings.push(entry) });
  return warnings;
}

test("all steps are done before it resolves, and nothing is said", async () => {
  const done: string[] = [];
  const step = (name: string) => async () => {
    await Promise.resolve();
    done.push(name);
  };
  expect(await warningsOf({ one: step("one"), two: step("two") })).toEqual([]);
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
])("a step that %s is named in a warning without its message", async (_, step) => {
  const warnings = await warningsOf({ "reading the secret": step, other: async () => {} });
  expect(warnings).toMatchObject([
    { message: "Not done ahead: reading the secret", error: { type: "SecretUnavailableError" } },
  ]);
  expect(JSON.stringify(warnings)).not.toContain("hunter2");
});

test("a step that hangs is not waited for", async () => {
  expect(await warningsOf({ hanging: never })).toMatchObject([
    { message: "Not done ahead: hanging", error: { type: "TooLongError" } },
  ]);
});

test("a step that fails when nobody waits for it any more does no harm", async () => {
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
