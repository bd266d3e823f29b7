/** Sends confirmation codes, and describes deliveries with masked addresses. */
import { createHmac, randomBytes } from "node:crypto";
import { isEmail } from "./attributes.ts";
import { issueCode } from "./codes.ts";
import type { Context } from "./context.ts";
import type { CodeDelivery, CodePurpose, Pool, User } from "./model.ts";
import { normalizeName } from "./users.ts";

/** The delivery of a code, in the API's form. */
export interface CodeDeliveryDetails {
  AttributeName: "email";
  DeliveryMedium: "EMAIL";
  Destination: string;
}

/** Issues a code and sends it to a user's address. */
export function sendCode(
  { now, deliver }: Context,
  pool: Pool,
  user: User,
  purpose: CodePurpose,
  kind: CodeDelivery["kind"],
  destination: string,
): CodeDeliveryDetails {
  const code = issueCode(user, purpose, now());
  deliver({ kind, userPoolId: pool.id, destination, code });
  return deliveryDetails(destination);
}

/** The details of a delivery, with the address masked as Cognito does. */
function deliveryDetails(destination: string): CodeDeliveryDetails {
  const [local = "", domain = ""] = destination.split("@");
  const masked = `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: masked };
}

const simulationKey = randomBytes(32);

/**
 * Simulated details: the address is the name where users sign in with addresses, and otherwise random
 * but always the same for a name (assumed; AWS derives it from the name's format and the pool's settings).
 */
export function simulatedDelivery(pool: Pool, name: string): CodeDeliveryDetails {
  const known = normalizeName(pool, name);
  if (pool.settings.usernameAttributes.includes("email") && isEmail(known)) {
    return deliveryDetails(known);
  }
  const [local = 0, domain = 0] = createHmac("sha256", simulationKey).update(known).digest();
  return deliveryDetails(`${letter(local)}@${letter(domain)}`);
}

function letter(byte: number): string {
  return String.fromCharCode(97 + (byte % 26));
}
