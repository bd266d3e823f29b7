/** A step of a request through the layers of the local cloud, as services report it. */

/** The layers that can stop a request before its integration is called, in their order. */
export const gatewayLayers = [
  "gateway",
  "firewall",
  "route",
  "authorizer",
  "api-key",
  "usage-plan",
  "throttle",
  "validation",
] as const;

/** The layers in the order in which a request meets them. */
export const layers = [
  ...gatewayLayers,
  "integration",
  "function",
  "aws-call",
  "delivery",
  "dead-letter",
] as const;

/** A layer. */
export type Layer = (typeof layers)[number];

/** `refused`: a rule, limit or policy did not let it pass. `failed`: it broke. */
export const outcomes = ["passed", "refused", "failed"] as const;

/** What decided, by name: a rule, a claim, a limit, a statement of a policy. */
export type Facts = Readonly<Record<string, string | number>>;

/** A step that has ended. */
export interface Step {
  readonly layer: Layer;
  /** What of the layer it was: a web ACL, an authorizer, a function, an operation of AWS. */
  readonly name: string;
  readonly outcome: (typeof outcomes)[number];
  /** Why it was refused or failed; absent where it passed. */
  readonly reason?: string | undefined;
  readonly facts?: Facts | undefined;
  /** `performance.now()` when it began. */
  readonly startedAt: number;
}

/** Receives a step at its end, and must not throw. Outside a request it is dropped. */
export type ReportStep = (step: Step) => void;
