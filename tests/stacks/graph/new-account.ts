/** `npm run deploy` to a new account, whose functions may run 10 at a time. */
import { routeRows } from "@secure-lambda/functions/contract";
import { expect, it, onTestFinished } from "vitest";
import { askAccount } from "../../../scripts/account/ask-account.ts";
import { deployStage } from "../../../scripts/rehearsal/deploy.ts";
import { checkGraph } from "../../../stacks/policy/index.ts";
import { recordTerminal } from "../../../packages/local/test/support/terminal.ts";
import {
  concurrency,
  accountWithRoom,
  startAccountStub,
  stubClients,
} from "../../support/account-stub.ts";
import type { DeployedStage } from "./deployed.ts";

export function testNewAccount(prod: DeployedStage, developer: DeployedStage): void {
  it("refuses a protected stage, and says what to request", async () => {
    const { code, runs, shown } = await deploy(prod);
    expect({ code, runs }).toEqual({ code: 1, runs: 0 });
    expect(shown).toContain("Lambda runs at most 10 executions at a time");
    const { perRoute = 0, internalLambda = 0 } = prod.settings.concurrency ?? {};
    const needed = perRoute * routeRows.length + internalLambda + 100;
    expect(shown).toMatch(
      new RegExp(
        `needs ${needed}: .* Request an increase of the quota .* Nothing was deployed\\.$`,
      ),
    );
  });

  it("takes a developer stage", async () => {
    const { code, runs, shown } = await deploy(developer);
    expect({ code, runs }).toEqual({ code: 0, runs: 1 });
    expect(shown).toContain("✓ The account has room for the stage.");
  });
}

/** Deploys to it, with a stub of the SST CLI. */
async function deploy({ stage, graph }: DeployedStage) {
  const stub = await startAccountStub({
    ...accountWithRoom,
    GetAccountSettings: concurrency(10, 10),
  });
  onTestFinished(() => stub.stop());
  const terminal = recordTerminal();
  const runs: unknown[] = [];
  const code = await deployStage(stage, [], {
    strict: true,
    rehearse: () => Promise.resolve({ graph: graph().resources, inert: [] }),
    askAccount: (rehearsed) => askAccount({ stage, graph: rehearsed, aws: stubClients(stub) }),
    checkGraph,
    runSst(args) {
      runs.push(args);
      return Promise.resolve(0);
    },
    readOutputs: () => ({}),
    terminal,
  });
  return { code, runs: runs.length, shown: terminal.lines.join(" ").replaceAll(/ +/g, " ") };
}
