/** Questions before something that cannot be undone. */
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { confirm } from "../../scripts/support/confirm.ts";

beforeEach(() => void vi.spyOn(process.stderr, "write").mockReturnValue(true));
afterEach(() => vi.restoreAllMocks());

const ask = (answer: string, signal = new AbortController().signal) => {
  const answers = new PassThrough();
  answers.end(answer);
  return confirm("Discard them?", signal, answers);
};

it.each([
  ["y\n", true],
  ["YES\n", true],
  [" yes \n", true],
  ["n\n", false],
  ["\n", false],
  ["yesterday\n", false],
  ["", false],
])("%j is an answer: %s", async (answer, agreed) => {
  await expect(ask(answer)).resolves.toBe(agreed);
});

it("ends with the reason of an interruption", async () => {
  const interrupted = new AbortController();
  const answer = confirm("Discard them?", interrupted.signal, new PassThrough());
  interrupted.abort(new Error("Interrupted."));
  await expect(answer).rejects.toThrow("Interrupted.");
});
