/** The input of X-Ray's operations. */
import type * as z from "zod";
import { parseInput } from "../../../aws-protocol/input.ts";

/** X-Ray's error code for invalid input. */
export const invalidInput = "InvalidRequestException";

/** The input. @throws AwsError InvalidRequestException */
export function inputOf<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  return parseInput(schema, input, invalidInput);
}
