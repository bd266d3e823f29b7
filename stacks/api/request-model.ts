/** What a request's body must be, as API Gateway reads it: made from the one zod schema. */
import { greetRequestSchema } from "@secure-lambda/functions/contract";
import * as z from "zod";

/**
 * The request body as JSON Schema draft 4, the one that API Gateway reads (documented). It says what
 * JSON Schema can say of the zod schema and never more: a length counts at most 1,024 UTF-16 units
 * before normalization, so that no valid name is longer, whichever way the gateway counts.
 */
export const requestModelSchema = (): string =>
  JSON.stringify(z.toJSONSchema(greetRequestSchema, { target: "draft-4", io: "input" }));
