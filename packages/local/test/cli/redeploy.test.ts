/** What is shown of saved files and of what became of them. */
import { expect, it } from "vitest";
import { redeployOnSave } from "../../src/cli/redeploy.ts";
import { recordTerminal } from "../support/terminal.ts";

const fail = async () => {
  throw new Error("first\u009B2J\nsecond\u001B[31m");
};

it("shows file names and errors without what would move a terminal", async () => {
  const saves = [["a\u001B[2J.ts"], undefined];
  const sources = { saved: async () => saves.shift(), close: async () => {} };
  const terminal = recordTerminal();
  const never = new AbortController().signal;
  await redeployOnSave(sources, { deploy: fail, check: fail }, terminal, never);
  expect(terminal.lines.slice(0, 3)).toEqual([
    "  saved a\\x1b[2J.ts",
    "first\\x9b2J\nsecond\\x1b[31m",
    "first\\x9b2J\nsecond\\x1b[31m",
  ]);
});
