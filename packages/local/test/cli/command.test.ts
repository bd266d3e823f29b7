/** How every command shows an error. */
import { afterEach, expect, it, vi } from "vitest";
import { createCommand, runCommand } from "../../src/cli/command.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

const { exitCode } = process;
afterEach(() => {
  process.exitCode = exitCode;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What a command whose action throws this error writes on standard error. */
async function shown(error: Error): Promise<string> {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const command = createCommand("npm run fail --", "fails").action(() => {
    throw error;
  });
  await runCommand(command, { args: [] });
  return write.mock.calls.map(([text]) => text).join("");
}

const long = "This sentence has so many words that it does not fit into the columns of a terminal.";

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

it("wraps an error in 80 columns where there is no terminal, but no line that is to be copied", async () => {
  const copied = `  npm run fail -- ${"x".repeat(80)}`;
  expect(await shown(new Error(`${long}\n${copied}`))).toBe(
    `${long.slice(0, -10)}\nterminal.\n${copied}\n`,
  );
});

it("wraps what closes a help text, but no line that is to be copied", async () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const copied = `  npm run fail -- ${"x".repeat(80)}`;
  const command = createCommand("npm run fail --", "fails");
  await runCommand(command.addHelpText("after", `\n${long}\n${copied}`), { args: ["--help"] });
  expect(write.mock.calls.map(([text]) => text).join("")).toMatch(
    new RegExp(`\n\n${long.slice(0, -10)}\nterminal\\.\n${copied}\n$`),
  );
});

it("shows a call that an action finds wrong as it shows one that the parser does", async () => {
  expect(await shown(new UsageError(long))).toBe(
    `error: ${long.slice(0, -12)}\na terminal.\nSee npm run fail -- --help.\n`,
  );
  expect(process.exitCode).toBe(2);
});

it("names the help of the subcommand whose action finds the call wrong", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const command = createCommand("npm run fail --", "fails");
  const sub = command.command("now").showHelpAfterError("See npm run fail -- now --help.");
  sub.action(() => {
    throw new UsageError("it cannot be.");
  });
  await runCommand(command, { args: ["now"] });
  expect(write.mock.calls.map(([text]) => text).join("")).toBe(
    "error: it cannot be.\nSee npm run fail -- now --help.\n",
  );
});

it("does nothing where npm has taken an option for itself", async () => {
  vi.stubEnv("npm_lifecycle_event", "move");
  vi.stubEnv("npm_config_dry_run", "true");
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const move = vi.fn<() => void>();
  const command = createCommand("npm run move --", "moves").option("--dry-run").action(move);
  await runCommand(command, { args: [] });
  expect(move).not.toHaveBeenCalled();
  expect(process.exitCode).toBe(2);
  expect(write.mock.calls.map(([text]) => text).join("")).toBe(
    "error: npm took --dry-run for itself: write npm run move -- --dry-run\nSee npm run move -- --help.\n",
  );
});
