/** What the parts of the picture are called, by what requests have met there. */
import { functionsOf, type PartId } from "./lights.ts";
import type { Step } from "./request.ts";

/** Names of parts; a part that no request has met has none. */
export type PartNames = ReadonlyMap<PartId, string>;

/** The names with those that these steps met. */
export function addNames(names: PartNames, steps: readonly Step[]): PartNames {
  const nameIn = (layer: Step["layer"]) => steps.find((step) => step.layer === layer)?.name;
  const [outer, inner] = functionsOf(steps);
  const met = [
    ["firewall", nameIn("firewall")],
    ["function", outer],
    ["consumer", inner],
    ["topic", nameIn("delivery")],
    ["deadLetters", nameIn("dead-letter")],
  ] as const;
  return new Map([
    ...names,
    ...met.flatMap(([part, name]) => (name === undefined ? [] : [[part, shorten(name)] as const])),
  ]);
}

/** `APP-STAGE-NAME-HASH` is too long for a box, of which NAME says enough. */
function shorten(name: string): string {
  const last =
    name
      .replace(/-[0-9a-f]{7,}$/, "")
      .split("-")
      .at(-1) ?? name;
  return last.length > 18 ? `${last.slice(0, 17)}…` : last;
}
