/** What the controls of the security baseline are in a stage's graph. */
import { controls, type Control } from "../../../stacks/policy/controls/index.ts";
import {
  checkGraph,
  type Graph,
  type StagePurpose,
  type Violation,
} from "../../../stacks/policy/index.ts";
import { hasAddress } from "../../../stacks/settings/schema.ts";

/** What each status means, in the order in which they are counted. */
export const meanings = {
  met: "the rules that are named hold it, or a test shows it",
  broken: "resources break a rule: the stage is not deployed",
  relaxed:
    "resources break a rule of protected stages that this stage need not keep: it is not protected, or a setting says so",
  setting: "the stage decides, by the setting that is named",
  excepted: "not met, for the reason that is given",
  "n/a": "there is nothing here that it could be about",
  account: "for the owner of the account to do, once for all stages",
} as const;

type Status = keyof typeof meanings;

/** A control in a graph. */
export interface ControlStatus {
  readonly control: Control;
  readonly status: Status;
  /** What breaks its rules, or would in a protected stage. */
  readonly violations: readonly Violation[];
}

/** Every control of the baseline, in a stage's graph. */
export function statusesOf(graph: Graph, stage: StagePurpose): ControlStatus[] {
  const broken = checkGraph(graph, stage);
  const { alarmEmail } = stage;
  const asProtected = hasAddress(alarmEmail) ? { protect: true, alarmEmail } : { protect: true };
  const relaxed = checkGraph(graph, asProtected);
  return controls.map((control) => {
    const ofControl = ({ rule }: Violation) => Object.hasOwn(control.held ?? {}, rule);
    const violations = broken.filter(ofControl);
    if (violations.length > 0) return { control, status: "broken", violations };
    if (control.decision !== "met" && control.decision !== "shown") {
      return { control, status: control.decision, violations };
    }
    const missing = relaxed.filter(ofControl);
    return { control, status: missing.length > 0 ? "relaxed" : "met", violations: missing };
  });
}

/** How many controls have each status. */
export const countStatuses = (found: readonly ControlStatus[]): Record<string, number> =>
  Object.fromEntries(
    Object.keys(meanings).map((status) => [
      status,
      found.filter((one) => one.status === status).length,
    ]),
  );
