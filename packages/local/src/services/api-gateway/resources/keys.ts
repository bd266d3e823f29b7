/** The inputs that identify a part of an API, read back when it is removed. */
import * as z from "zod";
import type { AppliedResource } from "../../../provider/resource-type.ts";

/** The inputs that name a method; Pulumi says `restApi`, the store `restApiId`. */
export const methodKeyInputs = {
  restApi: z.string(),
  resourceId: z.string(),
  httpMethod: z.string(),
};

/** The inputs that name a stage. */
export const stageKeyInputs = { restApi: z.string(), stageName: z.string() };

/** The API that a resource belongs to. */
export function restApiOf(outputs: AppliedResource["outputs"]): string {
  return z.string().parse(outputs["restApi"]);
}
