/** Shows the controls of a stage on a terminal, or as JSON. */
import type { Terminal } from "@secure-lambda/local/command-line";
import { wrapRows } from "../../support/table.ts";
import { countStatuses, meanings, type ControlStatus } from "./status.ts";

/** A line with the numbers of each status, what these mean, then the controls by area, in so many columns. */
export function showControls(
  terminal: Terminal,
  { stage, found, columns }: { stage: string; found: readonly ControlStatus[]; columns: number },
): void {
  const counts = countStatuses(found);
  const counted = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  const summary = `Stage ${stage}: ${found.length} controls: ${counted.join(", ")}.`;
  for (const line of wrapRows([[summary]], columns)) terminal.line(terminal.style("bold", line));
  const legend = Object.entries(meanings).filter(([status]) => counts[status] !== 0);
  for (const line of wrapRows(legend, columns - 2)) terminal.line(`  ${line}`);
  for (const [area, own] of Map.groupBy(found, ({ control }) => control.area)) {
    terminal.line();
    terminal.line(terminal.style("bold", area));
    const rows = own.map((one) => [
      String(one.control.number).padStart(3),
      one.status,
      `${one.control.control}: ${detailsOf(one)}`,
    ]);
    for (const line of wrapRows(rows, columns - 2)) terminal.line(`  ${line}`);
  }
  terminal.line();
}

/** What breaks a control, or why it is not met, or else the rules that hold it. */
function detailsOf({ control, violations }: ControlStatus): string {
  if (violations.length > 0) {
    return [...Map.groupBy(violations, ({ message }) => message)]
      .map(([message, own]) => `${own.map(({ resource }) => resource).join(", ")} ${message}`)
      .join("; ");
  }
  if (control.decision === "met") return Object.keys(control.held).join(", ");
  return control.decision === "setting" ? `${control.setting}. ${control.reason}` : control.reason;
}

/** The same as JSON. */
export const controlsAsJson = (stage: string, found: readonly ControlStatus[]): string =>
  JSON.stringify(
    {
      stage,
      summary: countStatuses(found),
      controls: found.map(({ control, status, violations }) => ({
        number: control.number,
        area: control.area,
        control: control.control,
        ids: control.ids,
        status,
        rules: Object.keys(control.held ?? {}),
        ...("reason" in control && { reason: control.reason }),
        violations,
      })),
    },
    null,
    2,
  );
