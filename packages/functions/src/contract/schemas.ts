/** The bodies of requests and responses. */
import { nameSchema } from "@secure-lambda/core/name";
import * as z from "zod/mini";

/** The body of a request to any route; unknown keys are refused. */
export const greetRequestSchema = z.strictObject({ name: nameSchema });

/** A request's body, parsed. */
export type GreetRequestBody = z.infer<typeof greetRequestSchema>;

/** The body of a 200 response of any route. */
export const greetResponseSchema = z.strictObject({
  message: z.string(),
  messageId: z.string().check(z.minLength(1)),
});

/** A 200 response's body. */
export type GreetResponseBody = z.infer<typeof greetResponseSchema>;
