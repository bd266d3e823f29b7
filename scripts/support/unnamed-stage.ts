/** Stages without a row in the table of settings: a developer's, or a name that was mistyped. */
import { wrap, type Terminal } from "@secure-lambda/local/command-line";
import { CommandError } from "./command-error.ts";
import { stages } from "../../stacks/settings/stages.ts";

const named = Object.keys(stages);

/** Says of a stage that is not in the table what it gets, and which one was probably meant. */
export function showNoteOnUnnamed(terminal: Terminal, stage: string): void {
  if (named.includes(stage)) return;
  const note = `${stage} is no named stage (${named.join(", ")}): it gets a developer stage's settings.`;
  for (const line of [...wrap(note, 80), ...suggestionFor(stage)]) terminal.line(line);
}

/**
 * Has the user confirm that a stage is deployed which is not in the table.
 * @throws CommandError when the user does not; what `ask` throws.
 */
export async function confirmUnnamed(
  stage: string,
  ask: (question: string) => Promise<boolean>,
): Promise<void> {
  if (named.includes(stage)) return;
  if (!(await ask(`Deploy ${stage} to AWS?`))) throw new CommandError("Nothing was deployed.");
}

/** What to do about a stage that is not deployed to AWS, or to the local cloud. */
export const howToDeploy = (stage: string, local: boolean): string =>
  local
    ? 'Is "npm start" ready?'
    : [...suggestionFor(stage), `Deploy it first:\n  npm run deploy -- --stage ${stage}`].join(" ");

/** The named stage that was probably meant, as a question. */
function suggestionFor(stage: string): string[] {
  const near = named.filter((name) => name !== stage && isNear(stage, name));
  return near.length === 0 ? [] : [`Did you mean ${near.join(" or ")}?`];
}

/** `porod` is near `prod`, and so is `production`, but not `prod-eu`. */
const isNear = (stage: string, name: string) =>
  countEdits(stage, name) <= 2 || (stage.startsWith(name) && /^[a-z]+$/.test(stage));

/** How many letters are added, left out, changed or swapped (optimal string alignment distance). */
function countEdits(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row += 1) {
    const edits = [row];
    rows.push(edits);
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      edits.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          swapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
