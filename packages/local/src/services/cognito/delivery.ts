/** Sends confirmation codes, and describes deliveries with masked addresses. */
import { issueCode } from "./codes.ts";
import type { Context } from "./context.ts";
import type { CodeDelivery, CodePurpose, Pool, User } from "./model.ts";

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
export function deliveryDetails(destination: string): CodeDeliveryDetails {
  const [local = "", domain = ""] = destination.split("@");
  const masked = `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
  return { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: masked };
}

/** Simulated details for a user who does not exist or has no verified address. */
export function simulatedDelivery(name: string): CodeDeliveryDetails {
  return deliveryDetails(name.includes("@") ? name : `${name.slice(0, 1)}@example.com`);
}
