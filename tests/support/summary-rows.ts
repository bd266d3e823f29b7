/** The summary of a rehearsal, part by part. */
import type { GraphResource } from "@secure-lambda/local";
import { summarize } from "../../scripts/rehearsal/summary/index.ts";

/** The rows of a part, cells joined by one space. */
export function rowsOf(title: string, resources: readonly GraphResource[]): string[] {
  const section = summarize("ada", resources).find((part) => part.title === title);
  return section?.rows.map((row) => row.join(" ")) ?? [];
}
