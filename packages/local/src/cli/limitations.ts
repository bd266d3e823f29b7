/** The limitations of the local cloud: how many, or as a table, a service on the left, its limitations beside it. */
import type { Limitation } from "../provider/limitations.ts";
import { wrap } from "../text/wrap.ts";

/** Columns of a common terminal, less what the table is indented by. */
const WIDTH = 76;

/**
 * Groups limitations by their service, in the order of its name. The lines are at most 76 columns
 * wide, unless one word is longer than that.
 */
export function renderLimitations(limitations: readonly Limitation[]): string[] {
  const services = Map.groupBy(limitations, ({ service }) => service);
  const nameWidth = Math.max(0, ...[...services.keys()].map((name) => name.length)) + 2;
  return [...services]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .flatMap(([service, found]) => {
      const text = found.map((one) => one.text).join("; ");
      return wrap(text, WIDTH - nameWidth).map(
        (line, at) => (at === 0 ? service : "").padEnd(nameWidth) + line,
      );
    });
}

/** How many limitations there are, and of which services; as few lines as fit 76 columns. */
export function foldLimitations(limitations: readonly Limitation[]): string[] {
  const services = new Set(limitations.map(({ service }) => service));
  const names = [...services].toSorted((one, other) => one.localeCompare(other)).join(", ");
  const count = `${limitations.length} ${limitations.length === 1 ? "limitation" : "limitations"}`;
  return wrap(`${count}: ${names} (--verbose lists them)`, WIDTH);
}
