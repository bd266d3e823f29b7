/** Proof that a caller knows the secret of an app client that has one. */
import { createHmac } from "node:crypto";
import { equalInConstantTime } from "./constant-time.ts";
import { notAuthorized } from "./errors.ts";
import type { Client } from "./model.ts";

/**
 * Checks `SecretHash`: the keyed hash of the user name, as sent, and the client id (documented).
 * @throws AwsError when it is missing, wrong, or the client has no secret.
 */
export function checkSecretHash(client: Client, username: string, given: string | undefined): void {
  const { id, secret } = client;
  if (secret === undefined) {
    if (given === undefined) return;
    throw notAuthorized(`Unable to verify secret hash for client ${id}`);
  }
  if (given === undefined) {
    const message = `Client ${id} is configured with secret but SECRET_HASH was not received`;
    throw notAuthorized(message);
  }
  if (!equalInConstantTime(secretHash({ id, secret }, username), given)) {
    throw notAuthorized(`Unable to verify secret hash for client ${id}`);
  }
}

/** The keyed hash of a user name and a client's id (documented). */
export function secretHash(
  { id, secret }: { readonly id: string; readonly secret: string },
  username: string,
): string {
  return createHmac("sha256", secret)
    .update(username + id)
    .digest("base64");
}

/** Whether a client's secret, which it may not have, is the given one, which may be missing. */
export function secretMatches({ secret }: Client, given: string | undefined): boolean {
  if (secret === undefined || given === undefined) return secret === given;
  return equalInConstantTime(secret, given);
}
