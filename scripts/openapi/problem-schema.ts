/** The shape of every error answer, the gateway's and the function's: problem details (RFC 9457). */
import * as z from "zod";

/** Members that a later version adds are no error to a client. */
export const problemSchema = z.looseObject({
  type: z.string().meta({ description: "A URN that tells the problem, or about:blank." }),
  title: z.string(),
  status: z.int().min(400).max(599).optional().meta({ description: "The response's own." }),
  detail: z.string().optional(),
  requestId: z.string().optional().meta({ description: "Name it when you report the problem." }),
  errors: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .optional()
    .meta({ description: "What is wrong with the request." }),
});
