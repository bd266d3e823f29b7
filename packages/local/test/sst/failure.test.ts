/** What is said of a run of the SST CLI that failed. */
import { afterEach, expect, it } from "vitest";
import { startLocalCloud } from "../../src/local-cloud.ts";
import { createStubApp, type StubApp } from "../support/stub-app.ts";

let app: StubApp | undefined;
afterEach(() => app?.remove());

/** The error of a deployment in which the CLI prints these lines and fails. */
async function failureOf(lines: readonly string[]): Promise<string> {
  app = createStubApp(`cat <<'END'\n${lines.join("\n")}\nEND\nexit 1`);
  const cloud = await startLocalCloud({ project: app.folder });
  try {
    return await cloud.deploy({ stage: "local" }).then(
      () => "none",
      (error: unknown) => String(error),
    );
  } finally {
    await cloud.stop();
  }
}

const steps = ["SST 4.17.1 ready!", "", "~  Deploy", "", "|  Created     Topic sst:aws:SnsTopic"];
const failed = '"sst deploy --stage local" failed.';

it("is the CLI's summary, once, without the steps before it", async () => {
  const lines = ["|  Error       Queue aws:sqs:Queue", "no such thing", "", "✕  Failed    ", ""];
  const summary = ["Queue aws:sqs:Queue", "no such thing", "", "Other aws:sqs:Queue", "nor this"];
  expect(await failureOf([...steps, ...lines, ...summary, ""])).toBe(
    ["SstFailedError: Queue aws:sqs:Queue", ...summary.slice(1), failed].join("\n"),
  );
});

it.each([
  [["|  Error       Queue aws:sqs:Queue", "no such thing"]],
  [["Error: it went away", "    at one"]],
  [["|  Error       Queue aws:sqs:Queue", "no such thing", "", "✕  Failed    "]],
])("is what follows the first error where there is no summary: %j", async (lines) => {
  const message = await failureOf([...steps, ...lines]);
  expect(message).toBe([`SstFailedError: ${lines[0]}`, ...lines.slice(1), failed].join("\n"));
});

it("is all that was printed where no error is to be found", async () => {
  expect(await failureOf(["", "something went wrong", ""])).toBe(
    `SstFailedError: something went wrong\n${failed}`,
  );
});

it("names SST's log in place of an option that cannot be given here", async () => {
  const line =
    "✕  Unexpected error occurred. Please run with --print-logs or check .sst/log/sst.log if available.";
  const message = await failureOf([line]);
  expect(message).toContain("SST's own log, .sst/log/sst.log, may say more.");
  expect(message).not.toContain("--print-logs");
});
