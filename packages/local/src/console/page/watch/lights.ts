/** Which parts of the picture a request lights, and where it stopped. */
import type { Step } from "./request.ts";

/** The parts of the picture. */
export const partIds = [
  "caller",
  "firewall",
  "route",
  "authorizer",
  "throttle",
  "validation",
  "pools",
  "function",
  "secret",
  "topic",
  "consumer",
  "deadLetters",
  "logs",
] as const;

/** A part of the picture. */
export type PartId = (typeof partIds)[number];

/** What came of a request at a part; a part that it did not reach has none. */
export type Lights = ReadonlyMap<PartId, Step["outcome"]>;

const ofLayers: Partial<Record<Step["layer"], readonly PartId[]>> = {
  gateway: ["route"],
  firewall: ["firewall"],
  route: ["route"],
  authorizer: ["authorizer", "pools"],
  "api-key": ["throttle"],
  "usage-plan": ["throttle"],
  throttle: ["throttle"],
  validation: ["validation"],
  delivery: ["topic"],
  "dead-letter": ["deadLetters"],
};

/** The functions of a request: the first is behind the gateway, another one is a consumer. */
export const functionsOf = (steps: readonly Step[]): readonly string[] => [
  ...new Set(steps.filter(({ layer }) => layer === "function").map(({ name }) => name)),
];

/** The parts that a step lights. */
function partsOf({ layer, name }: Step, outer: string | undefined): readonly PartId[] {
  if (layer === "function") return [name === outer ? "function" : "consumer", "logs"];
  if (layer !== "aws-call") return ofLayers[layer] ?? [];
  if (name.startsWith("secretsmanager:")) return ["secret"];
  return name.startsWith("sns:") ? ["topic"] : [];
}

/** The lights of a request by the steps that it has taken so far; none without a step. */
export function lightsOf(steps: readonly Step[]): Lights {
  const lights = new Map<PartId, Step["outcome"]>();
  if (steps.length > 0) lights.set("caller", "passed");
  const [outer] = functionsOf(steps);
  for (const step of steps) {
    for (const part of partsOf(step, outer)) {
      // A function that failed once and then passed shows that it failed; its log was written.
      const before = lights.get(part) ?? "passed";
      const now = part === "logs" ? "passed" : step.outcome;
      lights.set(part, before === "passed" ? now : before);
    }
  }
  return lights;
}
