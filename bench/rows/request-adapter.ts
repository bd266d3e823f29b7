/** What candidates are asked, and what counts as an answer. */
import * as z from "zod";
import { baseRestEvent, withHeaders } from "../../tests/support/rest-event.ts";

/** One kind of candidate's events, and the check that an answer to them must pass. */
export interface Conversation {
  readonly event: (token: string) => string;
  /** @throws Error for anything but the greeting. */
  readonly check: (payload: string) => void;
}

const greeting = "Hello Ada. Greetings from ExternalLambda1! Message forwarded to InternalLambda.";
const replySchema = z.object({ statusCode: z.literal(200), body: z.string() });
const greetedSchema = z.object({ message: z.literal(greeting), messageId: z.string().min(1) });

const bodyOf = (payload: string): unknown =>
  JSON.parse(replySchema.parse(JSON.parse(payload)).body);

/** API Gateway's proxy event with a token. */
export const throughGateway: Conversation = {
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
      body: JSON.stringify({ name: "Ada" }),
    }),
  check: (payload) => void greetedSchema.parse(bodyOf(payload)),
};

/** The guide's integration: the body is the event, and nothing else comes along. */
export const withoutProxy: Conversation = {
  event: () => JSON.stringify({ name: "Ada" }),
  check: (payload) => void z.literal(greeting).parse(bodyOf(payload)),
};

/** The baseline answers nothing in particular. */
export const anything: Conversation = {
  event: withoutProxy.event,
  check: (payload) => void bodyOf(payload),
};
