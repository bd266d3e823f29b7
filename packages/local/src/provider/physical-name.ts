/** Names for resources that the program left without one. */
import { randomBytes } from "node:crypto";
import type { ApplyContext } from "./resource-type.ts";
import { textOutput } from "./outputs.ts";

/** The logical name and seven random hex digits, as Pulumi names what has no name. */
export function physicalName(logicalName: string): string {
  return `${logicalName}-${randomBytes(4).toString("hex").slice(0, 7)}`;
}

/** The name that the program gave; else the one that the resource has already, or a new one. */
export function nameOf(given: string | undefined, { name, previous }: ApplyContext): string {
  return given ?? textOutput(previous, "name") ?? physicalName(name);
}
