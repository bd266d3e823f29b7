/** How every command shows an error. */
import { afterEach, expect, it, vi } from "vitest";
import { createCommand, runCommand } from "../../src/cli/command.ts";

const { exitCode } = process;
afterEach(() => {
  process.exitCode = exitCode;
  vi.restoreAllMocks();
});

it("shows an error without what would move a terminal in its message", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const command = createCommand("fail", "fails").action(() => {
    throw new Error("User \u009B2J\u202E does\u001B[31m not exist.\n\tTry again.\r");
  });
  await runCommand(command, { args: [] });
  expect(write.mock.calls).toEqual([
    ["User \\x9b2J\\u202e does\\x1b[31m not exist.\n\tTry again.\\r\n"],
  ]);
  expect(process.exitCode).toBe(1);
});
