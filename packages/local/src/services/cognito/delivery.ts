/** Sending codes to the addresses of users, and saying where one went without showing it. */
import { issueCode, type CodePurpose } from "./codes.ts";
import type { Context } from "./context.ts";
import type { CodeDelivery, Pool, User } from "./model.ts";

/** Where a code went, as the API tells it. */
export interface CodeDeliveryDetails {
  AttributeName: "email";
  DeliveryMedium: "EMAIL";
  Destination: string;
}

/** Sends a user a new code at an address. */
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

/** The details of a delivery: the first letters of an address, in Cognito's manner. */
export function deliveryDetails(destination: string): CodeDeliveryDetails {
  const [local = "", domain = ""] = destination.split("@");
  const masked = `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: masked };
}

/** Details that look like a delivery to a user who does not exist or cannot be written to. */
export function simulatedDelivery(name: string): CodeDeliveryDetails {
  return deliveryDetails(name.includes("@") ? name : `${name.slice(0, 1)}@example.com`);
}
