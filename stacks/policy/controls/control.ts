/** A control of the security baseline, and what becomes of it here. */
import type { StageSettings } from "../../settings/schema.ts";
import type { RuleName } from "../index.ts";

/**
 * The rules that hold a control and, of each, what is removed from a graph to see it fail: the titles of
 * mutations in tests/stacks/graph.
 */
export type Held = Readonly<Partial<Record<RuleName, readonly [string, ...string[]]>>>;

type Decision =
  /** Held by rules; those of protected stages hold it there only. */
  | { readonly decision: "met"; readonly held: Held; readonly note?: string }
  /** Met by something that is no part of a graph, such as a test or a workflow. */
  | {
      readonly decision: "shown";
      readonly reason: string;
      /** The test files that show it. */
      readonly shownBy: readonly [string, ...string[]];
      readonly held?: Held;
    }
  | {
      readonly decision: "setting";
      readonly setting: keyof StageSettings;
      readonly reason: string;
      readonly held?: Held;
    }
  /**
   * Not met for a reason, of no use here, or the account's to meet; the rules hold what
   * there is in its place.
   */
  | {
      readonly decision: "excepted" | "n/a" | "account";
      readonly reason: string;
      readonly held?: Held;
    };

/** A control, as the catalogues call it. */
export type Control = Decision & {
  readonly number: number;
  readonly area: string;
  readonly control: string;
  /** Its names in the catalogues from which the baseline is joined. */
  readonly ids: string;
};
