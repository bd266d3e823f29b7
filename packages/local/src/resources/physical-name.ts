/** Names for resources that the program left without one. */
import { randomBytes } from "node:crypto";

/** The logical name and seven random hex digits, as Pulumi names what has no name. */
export function physicalName(logicalName: string): string {
  return `${logicalName}-${randomBytes(4).toString("hex").slice(0, 7)}`;
}
