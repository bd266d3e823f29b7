/** What stands of a stage. */
import type { Inert } from "../inert/keep-inert.ts";
import type { InertPart } from "../inert/unsupported.ts";
import type { Registered } from "./replacements.ts";

/** A node of the resource graph; components and the default providers are in it as well. */
export interface GraphResource {
  readonly urn: string;
  /** The provider's id; empty for components and for default providers. */
  readonly id: string;
  /** Whether it is only looked up, not created. */
  readonly existing?: boolean;
  readonly type: string;
  readonly name: string;
  /** The parent's URN; empty for the stack itself. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs whose changes are not deployed once it exists. */
  readonly ignoreChanges?: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A node as it stands. */
export interface Standing extends GraphResource, Registered {
  readonly existing: boolean;
  /** What of it is inert, which only a rehearsal has. */
  readonly inert: Inert | undefined;
  /** Whether the services lack it, or something that it depends on. */
  readonly isLacking: boolean;
  outputs: Readonly<Record<string, unknown>>;
}

/** What stands of a stage, and what a replacement has left to be deleted. */
export interface StageState {
  readonly standing: Map<string, Standing>;
  readonly replaced: Set<Standing>;
  /** The calls for data of the last deployment that are inert, by their tokens. */
  readonly inertCalls: Map<string, Inert>;
  /** What stood before the last deployment; undefined before there is one, or where nothing did. */
  before: readonly GraphResource[] | undefined;
}

/** A stage with nothing deployed to it. */
export const emptyStage = (): StageState => ({
  standing: new Map(),
  replaced: new Set(),
  inertCalls: new Map(),
  before: undefined,
});

/** Whether a service has a resource: it was created, and is not inert as a whole. */
export const isApplied = ({ custom, existing, inert }: Standing): boolean =>
  custom && !existing && inert?.isWhole !== true;

/** What of a stage is inert: resources in the order of registration, then calls. */
export function inertPartsOf({ standing, inertCalls }: StageState): InertPart[] {
  const resources = standing
    .values()
    .flatMap(({ type, name, inert }) => (inert ? [{ type, name, ...inert }] : []));
  const calls = inertCalls.entries().map(([type, inert]) => ({ type, name: "", ...inert }));
  return [...resources, ...calls];
}
