/** Parses lines of Cognito's log of what users do. */
import * as z from "zod";

/** Documented: COGNITO/exporting-quotas-and-usage. */
const schema = z.object({
  eventSource: z.literal("USER_ACTIVITY"),
  message: z.object({
    eventType: z.string(),
    eventResponse: z.string(),
    userSub: z.string(),
    ipAddress: z.string(),
    riskLevel: z.string(),
    riskDecision: z.string(),
    compromisedCredentialDetected: z.string(),
  }),
});

/** Parses the object of a line, of which fields that tell no risk are left out; undefined for any other object. */
export function readActivityLine(json: unknown) {
  const { data } = schema.safeParse(json);
  if (data === undefined) return undefined;
  const { eventType, eventResponse, userSub, ipAddress, ...risk } = data.message;
  const telling = Object.entries(risk).filter(
    ([, value]) => !["", "PASS", "false"].includes(value),
  );
  return {
    level: telling.length > 0 ? "WARN" : "INFO",
    text: `${eventType} ${eventResponse}`,
    fields: { userSub, ipAddress, ...Object.fromEntries(telling) },
    stack: [],
  };
}
