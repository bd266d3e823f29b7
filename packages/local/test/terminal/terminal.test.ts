/** Steps on a terminal, or in a pipe. */
import { afterEach, expect, test, vi } from "vitest";
import { createTerminal } from "../../src/terminal/terminal.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test.each([
  ["styled", "1", "\u001B[31mbad\u001B[39m \\x9b2J\\x1b]0;title\\x07\n\\u202eend\n"],
  ["plain", "0", "bad \\x9b2J\\x1b]0;title\\x07\n\\u202eend\n"],
])("a line of a terminal that is %s holds no other control characters", (_, color, shown) => {
  vi.stubEnv("FORCE_COLOR", color);
  vi.stubEnv("NO_COLOR", undefined);
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const terminal = createTerminal(process.stderr);
  terminal.line(`${terminal.style("red", "bad")} \u009B2J\u001B]0;title\u0007\n\u202Eend`);
  expect(write.mock.calls).toEqual([[shown]]);
});

test("a style of others is escaped where there are none", () => {
  vi.stubEnv("FORCE_COLOR", "0");
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  createTerminal(process.stderr).line("\u001B[31mred");
  expect(write.mock.calls).toEqual([["\\x1b[31mred\n"]]);
});

test("a step that is done is shown by its label, or by what replaces it, in a pipe without times", () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const terminal = createTerminal(process.stderr);
  terminal.step("Copying").done();
  terminal.step("Installing (once, about a minute)").done("Installed");
  terminal.step("Removing").failed();
  const shown = write.mock.calls.map(([text]) => text);
  write.mockRestore();
  expect(shown).toEqual([
    "  … Copying\n",
    "  ✓ Copying\n",
    "  … Installing (once, about a minute)\n",
    "  ✓ Installed\n",
    "  … Removing\n",
    "  ✕ Removing\n",
  ]);
});
