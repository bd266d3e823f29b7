/** Steps on a terminal, or in a pipe. */
import { expect, test, vi } from "vitest";
import { createTerminal } from "../../src/terminal/terminal.ts";

test("a step that is done is shown by its label, or by what replaces it", () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const terminal = createTerminal(process.stderr);
  terminal.step("Copying").done();
  terminal.step("Installing (once, about a minute)").done("Installed");
  terminal.step("Removing").failed();
  const shown = write.mock.calls.map(([text]) => String(text).replace(/\d\.\d s/, "0.0 s"));
  write.mockRestore();
  expect(shown).toEqual([
    "  … Copying\n",
    "  ✓ Copying 0.0 s\n",
    "  … Installing (once, about a minute)\n",
    "  ✓ Installed 0.0 s\n",
    "  … Removing\n",
    "  ✕ Removing 0.0 s\n",
  ]);
});
