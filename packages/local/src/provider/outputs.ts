/** Reads what a resource came out with when it was last applied. */
import * as z from "zod";
import type { AppliedResource } from "./resource-type.ts";

/** A text among the outputs; undefined where there is none, or no resource yet. */
export function textOutput(resource: AppliedResource | undefined, key: string): string | undefined {
  return z.string().safeParse(resource?.outputs[key]).data;
}

/** A text that every resource of the type has. @throws ZodError when it is not there. */
export function requiredOutput(resource: AppliedResource, key: string): string {
  return z.string().parse(resource.outputs[key]);
}
