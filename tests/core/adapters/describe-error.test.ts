/** What the log learns of an error. */
import { expect, test } from "vitest";
import { describeError, stackOf } from "@secure-lambda/core/describe-error";

class NamelessError extends Error {}

test.each([
  ["a class that sets its name", new TypeError("hunter2"), { type: "TypeError" }],
  ["a class that does not", new NamelessError("hunter2"), { type: "NamelessError" }],
  [
    "a code of Node's",
    Object.assign(new Error("hunter2"), { code: "ECONNREFUSED" }),
    { type: "Error", code: "ECONNREFUSED" },
  ],
  [
    "a code that is no code",
    Object.assign(new Error("hunter2"), { code: "hunter2 sent this" }),
    { type: "Error" },
  ],
  [
    "a chain of causes",
    new Error("hunter2", { cause: new RangeError("hunter2", { cause: "hunter2" }) }),
    { type: "Error", cause: { type: "RangeError" } },
  ],
])("an error with %s is described without its message", (_, error, description) => {
  expect(describeError(error)).toEqual(description);
});

test("a stack has only the places", () => {
  const stack = stackOf(new Error("hunter2\nsecond line"));
  expect(stack[0]).toMatch(/^at .*describe-error\.test\.ts:\d+:\d+\)?$/);
  expect(stack.filter((line) => !line.startsWith("at "))).toEqual([]);
});

test("an error without a stack has no places", () => {
  const error = new Error("hunter2");
  delete error.stack;
  expect(stackOf(error)).toEqual([]);
});
