/** The request model of API Gateway, generated from the contract's zod schema. */
import { greetRequestSchema } from "@secure-lambda/functions/contract";
import * as z from "zod";

/**
 * The request body as JSON Schema draft 4, the version that API Gateway supports (documented). It
 * is never stricter than the zod schema: the maximum length of 1,024 counts UTF-16 units before
 * normalization, so that no valid name exceeds it, whichever way the gateway counts. There is no
 * `pattern`: draft 4 has those of ECMA 262, which then had no Unicode properties, and which dialect
 * API Gateway reads is not documented. What a name may hold is a description here, and the function's
 * to check.
 */
export const requestModelSchema = (): string =>
  JSON.stringify(z.toJSONSchema(greetRequestSchema, { target: "draft-4", io: "input" }));
