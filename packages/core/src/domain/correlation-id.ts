/** The id that ties a request at the gateway to the consumer's log line. */
import * as z from "zod/mini";

/**
 * Parses a correlation id: 1 to 128 letters, digits, `-` or `_`. A caller can choose API Gateway's
 * request id (documented), so its shape is bounded before it reaches logs and responses.
 */
export const correlationIdSchema = z.string({ error: "must be a string" }).check(
  z.regex(/^[\w-]{1,128}$/, {
    error: "must be 1 to 128 letters, digits, hyphens or underscores",
  }),
);
