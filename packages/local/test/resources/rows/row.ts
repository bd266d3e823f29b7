/** What a row of the table of resource types is. */
import type { Applied } from "../../../src/deployments/protocol.ts";
import { output } from "../declarations.ts";

/** The resources so far, by name. */
export interface Made {
  id(name: string): string;
  output(name: string, key: string): string;
  /** The paths of two codes of a function. */
  readonly code: string;
  readonly otherCode: string;
}

/** A resource, and a change of it. */
export interface Row {
  readonly type: string;
  readonly name: string;
  readonly inputs: (made: Made) => Record<string, unknown>;
  /** What the next deployment says instead. */
  readonly change: (made: Made) => Record<string, unknown>;
  /** AWS fixes what changes at creation: the provider makes a new resource. */
  readonly replaced?: true;
}

/** Looks up resources that were applied already. */
export function madeOf(
  applied: ReadonlyMap<string, Applied>,
  codes: Pick<Made, "code" | "otherCode">,
): Made {
  const find = (name: string): Applied => {
    const found = applied.get(name);
    if (found === undefined) throw new Error(`The table has no ${name} before this row.`);
    return found;
  };
  return {
    ...codes,
    id: (name) => find(name).id,
    output: (name, key) => output(find(name), key),
  };
}
