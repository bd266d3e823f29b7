/** Sends confirmation codes, and describes deliveries with masked addresses. */
import { createHmac, randomBytes } from "node:crypto";
import { isEmail } from "./attributes.ts";
import { issueCode } from "./codes.ts";
import type { Context } from "./context.ts";
import { hidesUsers } from "./errors.ts";
import type { CodeDelivery, CodePurpose, Pool, User } from "./model.ts";
import type { NamedUser } from "./named-user.ts";
import { normalizeName } from "./users.ts";

/** The delivery of a code, in the API's form. */
interface CodeDeliveryDetails {
  AttributeName: "email";
  DeliveryMedium: "EMAIL";
  Destination: string;
}

/** What a code is for, and in which message it is sent. */
interface Message {
  purpose: CodePurpose;
  kind: CodeDelivery["kind"];
}

/** Issues a code and sends it to a user's address. */
export function sendCode(
  { now, deliver }: Context,
  pool: Pool,
  user: User,
  { purpose, kind }: Message,
  destination: string,
): CodeDeliveryDetails {
  const code = issueCode(user, purpose, now());
  deliver({ kind, userPoolId: pool.id, destination, code });
  return deliveryDetails(destination);
}

/**
 * Sends a code to the address of whom a request names, if there is one. A client with
 * PreventUserExistenceErrors sees details that depend only on the name that it sent, for users too.
 */
export function sendCodeToNamed(
  context: Context,
  { pool, client, user, name }: NamedUser,
  message: Message,
  destination: string | undefined,
): CodeDeliveryDetails {
  const simulated = deliveryDetails(simulatedDestination(pool, name));
  if (user === undefined || destination === undefined) {
    issueCode(undefined, message.purpose, context.now());
    return simulated;
  }
  const details = sendCode(context, pool, user, message, destination);
  return hidesUsers(client) ? simulated : details;
}

/** The details of a delivery, with the address masked as Cognito does. */
function deliveryDetails(destination: string): CodeDeliveryDetails {
  const [local = "", domain = ""] = destination.split("@");
  const masked = `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: masked };
}

const simulationKey = randomBytes(32);

/**
 * A simulated address: the name where users sign in with addresses, and otherwise random but always the
 * same for a name (assumed; AWS derives it from the name's format and the pool's settings).
 */
function simulatedDestination(pool: Pool, name: string): string {
  const known = normalizeName(pool, name);
  const [local = 0, domain = 0] = createHmac("sha256", simulationKey).update(known).digest();
  if (pool.settings.usernameAttributes.includes("email") && isEmail(known)) return known;
  return `${letter(local)}@${letter(domain)}`;
}

function letter(byte: number): string {
  return String.fromCharCode(97 + (byte % 26));
}
