/** The controls of the security baseline in stages that are deployed. */
import { expect, it } from "vitest";
import { statusesOf } from "../../../scripts/rehearsal/controls/status.ts";
import type { DeployedStage } from "./deployed.ts";

export function testControls(prod: DeployedStage, developer: DeployedStage): void {
  it("are all kept by prod, but that its alarms notify no address", () => {
    expect(numbersOf(prod, "broken")).toEqual([]);
    expect(numbersOf(prod, "relaxed")).toEqual([93, 94]);
  });

  it("are kept by a developer stage, those of protected stages aside", () => {
    expect(numbersOf(developer, "broken")).toEqual([]);
    // MFA, deletion, sign-up, sign-ins, addresses, sent passwords; concurrency; keys of topic, queue, secret and logs; a year of logs; an alarm on dead letters; tokens.
    expect(numbersOf(developer, "relaxed")).toEqual([
      26, 27, 30, 34, 36, 37, 49, 64, 70, 79, 91, 92, 93, 115,
    ]);
  });
}

const numbersOf = ({ graph, settings }: DeployedStage, status: string) =>
  statusesOf(graph().resources, settings)
    .filter((one) => one.status === status)
    .map(({ control }) => control.number);
