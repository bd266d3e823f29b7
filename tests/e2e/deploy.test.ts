/** `npm run deploy`: nothing reaches AWS before a rehearsal has broken no rule. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { userPools } from "@secure-lambda/functions/contract";
import { describe, expect, it, onTestFinished } from "vitest";
import { nothing } from "../../scripts/account/questions.ts";
import { deployStage } from "../../scripts/rehearsal/deploy.ts";
import { rehearse, type Rehearsed } from "../../scripts/rehearsal/rehearse.ts";
import { checkGraph } from "../../stacks/policy/index.ts";
import { copyApp } from "../support/app-copy.ts";
import { run, unwrapped } from "../../packages/local/test/support/command.ts";
import { readSharedGraph } from "../support/shared-app.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";

const table = { type: "aws:dynamodb/table:Table", name: "Orders", isWhole: true };

/** Stands for the SST CLI that deploys to AWS: no test runs the real one. */
function fakeSst(exitCode: number, ...outputs: object[]) {
  const calls: (readonly string[])[] = [];
  const runSst = (args: readonly string[]) => {
    calls.push(args);
    return Promise.resolve(exitCode);
  };
  return {
    calls,
    runSst,
    readOutputs: () => outputs[calls.length - 1] ?? {},
    askAccount: () => Promise.resolve(nothing),
  };
}

it("a graph with an open method is not deployed, and it is named", async () => {
  const graph = (await readSharedGraph()).map((resource) =>
    resource.name === "ApiRouteExternalLambda1Method"
      ? { ...resource, inputs: { ...resource.inputs, authorization: "NONE" } }
      : resource,
  );
  const terminal = recordTerminal();
  const sst = fakeSst(0);
  const code = await deployStage("ada", [], {
    strict: false,
    rehearse: () => Promise.resolve({ graph, inert: [] }),
    checkGraph,
    ...sst,
    terminal,
  });
  const shown = terminal.lines.join("\n");
  expect({ code, calls: sst.calls }).toEqual({ code: 1, calls: [] });
  expect(shown).toMatch(/methods-need-a-token +ApiRouteExternalLambda1Method\s+is open/);
  expect(shown).toContain("Nothing was deployed.");
});

it("a stage with a type error is not deployed, and it is named", async () => {
  const copy = copyApp({ platform: true });
  onTestFinished(() => copy.remove());
  copy.append("stacks/api/rest-api.ts", '\nexport const wrong: number = "text";\n');
  const sst = fakeSst(0);
  const terminal = recordTerminal();
  const { signal } = new AbortController();
  const deployment = deployStage("ada", [], {
    strict: false,
    rehearse: () =>
      rehearse({ project: copy.folder, stage: "ada", region: "us-east-1", terminal, signal }),
    checkGraph,
    ...sst,
    terminal,
  });
  await expect(deployment).rejects.toThrow(/stacks\/api\/rest-api\.ts.*error TS2322/);
  expect(sst.calls).toEqual([]);
});

it("a graph that breaks no rule is deployed by sst deploy, whose exit code it has", async () => {
  const graph = await readSharedGraph();
  const terminal = recordTerminal();
  const sst = fakeSst(7);
  const code = await deployStage("ada", ["--continue"], {
    strict: true,
    rehearse: () => Promise.resolve({ graph, inert: [] }),
    checkGraph,
    ...sst,
    terminal,
  });
  expect(terminal.lines.join("\n")).toContain("No rule of stacks/policy is broken");
  expect(terminal.lines.join("\n")).toMatch(/Lambda +310 concurrent executions/);
  expect(sst.calls).toEqual([["deploy", "--stage", "ada", "--continue"]]);
  expect(code).toBe(7);
});

describe("a deployment", () => {
  const rehearsed: Rehearsed = { graph: [], inert: [] };
  const violation = { rule: "a-rule", resource: "AResource", message: "breaks it" };

  it.each([
    ["a rule is broken", () => Promise.resolve(rehearsed), [violation]],
    ["the rehearsal fails", () => Promise.reject(new Error("failed offline")), []],
    [
      "something is inert, with --strict",
      () => Promise.resolve({ ...rehearsed, inert: [table] }),
      [],
    ],
  ])("does not run sst when %s", async (_, rehearsal, violations) => {
    const sst = fakeSst(0);
    const deployment = deployStage("ada", [], {
      strict: true,
      rehearse: rehearsal,
      checkGraph: () => violations,
      ...sst,
      terminal: recordTerminal(),
    });
    await deployment.catch(() => undefined);
    expect(sst.calls).toEqual([]);
  });
});

it("a stage for which the account has no room is not deployed, and it is said why", async () => {
  const terminal = recordTerminal();
  const sst = fakeSst(0);
  const code = await deployStage("ada", [], {
    strict: false,
    rehearse: () => Promise.resolve({ graph: [], inert: [] }),
    checkGraph: () => [],
    ...sst,
    askAccount: () => Promise.resolve({ refusals: ["No room."], remarks: ["Not known: it."] }),
    terminal,
  });
  expect({ code, calls: sst.calls }).toEqual({ code: 1, calls: [] });
  expect(terminal.lines.slice(-3)).toEqual([
    "!  Not known: it.",
    "✕  No room.",
    "Nothing was deployed.",
  ]);
});

it("a stage with something inert is deployed, and it is named", async () => {
  const { shown, runs } = await deployWith();
  expect(shown).toContain("! Inert: the local cloud does not support it, and only records it:");
  expect(shown).toContain("aws:dynamodb/table:Table\n      Orders");
  expect(runs).toHaveLength(1);
});

/** Deploys with a rehearsal that breaks no rule; a deployment has these outputs, the next one those. */
async function deployWith(...outputs: object[]) {
  const terminal = recordTerminal();
  const sst = fakeSst(0, ...outputs);
  const code = await deployStage("ada", ["--verbose"], {
    strict: false,
    rehearse: () => Promise.resolve({ graph: [], inert: [table] }),
    checkGraph: () => [],
    ...sst,
    terminal,
  });
  return { code, runs: sst.calls, shown: terminal.lines.join("\n") };
}

it("a deployment that has succeeded says how to go on, and one that has not does not", async () => {
  const { shown } = await deployWith({});
  expect(shown.split("\n").slice(-2)).toEqual([
    "next: npm run user -- create EMAIL --pool 1 --stage ada",
    `next: npm run e2e -- --stage ada ${userPools.map((pool) => `--user${pool} EMAIL`).join(" ")}`,
  ]);
  const still = { apiStillServes: ["Method Old"] };
  expect((await deployWith(still, {})).shown).toContain("next: npm run e2e");
  expect((await deployWith(still, still)).shown).not.toContain("next:");
});

describe("a deployment after which API Gateway serves what was removed", () => {
  const serving = { apiStillServes: ["Method Old"] };

  it("is followed by another one with the same arguments", async () => {
    const { code, runs, shown } = await deployWith(serving, {});
    expect(shown).toContain("Deploying again, without:\n    Method Old");
    const args = ["deploy", "--stage", "ada", "--verbose"];
    expect({ code, runs }).toEqual({ code: 0, runs: [args, args] });
  });

  it("fails when it is served even then", async () => {
    const { code, runs, shown } = await deployWith(serving, serving);
    expect(shown).toMatch(/API Gateway still serves Method Old\.$/);
    expect({ code, runs: runs.length }).toEqual({ code: 1, runs: 2 });
  });
});

describe("the command", () => {
  // Should a rule of this file break, SST would have no AWS to reach.
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    AWS_EC2_METADATA_DISABLED: "true",
    SST_SKIP_DEPENDENCY_CHECK: "true",
  };
  const deploy = (...args: string[]) => run(["node", "scripts/deploy.ts", ...args], { env });

  it("refuses an endpoint that is not AWS's before it does anything", async () => {
    const { code, stdout, stderr } = await deploy("--stage", "prod");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("Unset AWS_ENDPOINT_URL to call AWS");
  });

  it("says that there are no credentials before it rehearses", async () => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "no-credentials-"));
    onTestFinished(() => fs.rmSync(home, { recursive: true }));
    const bare = {
      PATH: process.env["PATH"],
      HOME: home,
      AWS_EC2_METADATA_DISABLED: "true",
      // Should it go on, SST would have no AWS to reach.
      HTTPS_PROXY: "http://127.0.0.1:1",
    };
    const result = await run(["node", "scripts/deploy.ts", "--stage", "prod"], { env: bare });
    expect({ ...result, stderr: unwrapped(result.stderr) }).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("There are no AWS credentials"),
    });
  });

  it.concurrent.each(["--target=Api", "--exclude=Firewall", "--config=other.ts", "--dev"])(
    "refuses %s before it does anything, and names the help",
    async (option) => {
      const { code, stdout, stderr } = await deploy("--stage", "ada", option);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr.replaceAll("\n", " ")).toContain("would not be what was rehearsed");
      expect(stderr).toContain("See npm run deploy -- --help");
    },
  );
});
