/** How a handler is asked for a greeting: its integration's kind of event, and what counts as an answer. */
import { greetRequest } from "@secure-lambda/functions/contract";
import * as z from "zod";
import { baseRestEvent, withHeaders } from "../../tests/support/rest-event.ts";

/** One kind of event, and the check that an answer to it must pass. */
export interface RequestAdapter {
  readonly event: (token: string) => string;
  /** @throws Error for anything but the greeting. */
  readonly check: (payload: string) => void;
}

const greeting = "Hello Ada. Greetings from ExternalLambda1! Message forwarded to InternalLambda.";
const replySchema = z.object({ statusCode: z.literal(200), body: z.string() });
const greetedSchema = z.object({ message: z.literal(greeting), messageId: z.string().min(1) });

const bodyOf = (payload: string): unknown =>
  JSON.parse(replySchema.parse(JSON.parse(payload)).body);

/** API Gateway's Lambda proxy integration, with a token. */
export const proxyIntegration: RequestAdapter = {
  event: (token) =>
    JSON.stringify({
      ...baseRestEvent,
      ...withHeaders({
        Accept: "*/*",
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        Host: "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
        "User-Agent": "curl/8.5.0",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
      }),
      body: JSON.stringify(greetRequest.example),
    }),
  check: (payload) => void greetedSchema.parse(bodyOf(payload)),
};

/** A Lambda non-proxy integration, as the guide has it: the body is the event. */
export const nonProxyIntegration: RequestAdapter = {
  event: () => JSON.stringify({ name: "Ada" }),
  check: (payload) => void z.literal(greeting).parse(bodyOf(payload)),
};

/** The baseline answers nothing in particular. */
export const anyAnswer: RequestAdapter = {
  event: nonProxyIntegration.event,
  check: (payload) => void bodyOf(payload),
};
