/** The SRP flow: USER_SRP_AUTH, and PASSWORD_VERIFIER with the proof of the password. */
import { rejectUnknown, required, type AuthParameters } from "./auth-parameters.ts";
import { checkSecretHash } from "./client-secret.ts";
import { equalInConstantTime } from "./constant-time.ts";
import type { Context } from "./context.ts";
import { hidesUsers, invalidParameter, userNotFound, wrongPassword } from "./errors.ts";
import type { Owner, Pool } from "./model.ts";
import { limitKey } from "./named-user.ts";
import { logSignIn, type SignInStep } from "./complete-sign-in.ts";
import { goOnAfterPassword } from "./password-flow.ts";
import type { SealedExchange } from "./secret-block.ts";
import { secondFactor } from "./software-token.ts";
import { claimSignature, N, startExchange } from "./srp.ts";
import { srpUserOf } from "./srp-user.ts";
import { findUser, normalizeName } from "./users.ts";

/** Answers a client's public value with the server's, for the name of no user too. */
export function startSrp(context: Context, { pool, client }: Owner, given: AuthParameters): object {
  rejectUnknown(given, ["USERNAME", "SRP_A", "SECRET_HASH"]);
  const name = required(given, "USERNAME");
  const A = publicValue(required(given, "SRP_A"));
  context.admit("InitiateAuth");
  checkSecretHash(client, name, given["SECRET_HASH"]);
  const { user, userId, salt, verifier } = srpUserOf(pool, name);
  if (user === undefined && !hidesUsers(client)) throw userNotFound();
  const exchange = startExchange(A, verifier);
  const expiresAt = context.now() + client.settings.authSessionValidity * 60_000;
  const block = context.secretBlocks.seal({
    ...exchange,
    clientId: client.id,
    name,
    userId,
    expiresAt,
  });
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: salt.toString(16),
      SECRET_BLOCK: block.toString("base64"),
      SRP_B: exchange.B.toString(16),
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  };
}

/**
 * Goes on for a client that proves that it knows the password.
 * @throws AwsError otherwise, the same for every reason.
 */
export function respondToVerifier(
  context: Context,
  { pool, client }: Owner,
  given: AuthParameters,
): SignInStep {
  context.admit("PASSWORD_VERIFIER");
  rejectUnknown(given, [
    "USERNAME",
    "PASSWORD_CLAIM_SECRET_BLOCK",
    "PASSWORD_CLAIM_SIGNATURE",
    "TIMESTAMP",
    "SECRET_HASH",
  ]);
  const username = required(given, "USERNAME");
  const secretBlock = base64(given, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = base64(given, "PASSWORD_CLAIM_SIGNATURE");
  const timestamp = required(given, "TIMESTAMP");
  const canonical = canonicalTimestamp(timestamp);
  checkSecretHash(client, username, given["SECRET_HASH"]);

  const exchange = context.secretBlocks.open(secretBlock);
  if (exchange?.clientId !== client.id || !isFor(pool, exchange, username)) throw wrongPassword();
  const { user, userId, verifier } = srpUserOf(pool, exchange.name);
  const identity = { poolId: pool.id, userId };
  const proves = (): boolean => {
    const claim = { identity, secretBlock, timestamp };
    const isRight = equalInConstantTime(claimSignature(exchange, verifier, claim), signature);
    // One proof brings tokens once.
    const unused = context.secretBlocks.open(secretBlock) !== undefined;
    if (isRight && unused) context.secretBlocks.useUp(secretBlock);
    return isRight && unused && timestamp === canonical;
  };
  const signsIn = user === undefined || secondFactor(pool, user) !== "SOFTWARE_TOKEN_MFA";
  const key = limitKey(pool, findUser(pool, exchange.name), exchange.name);
  const owner = { pool, client };
  return logSignIn(context, owner, { name: exchange.name, challenge: "Password" }, () => {
    const proven = context.checkPassword(key, proves, signsIn);
    if (user === undefined || !proven) throw wrongPassword();
    return goOnAfterPassword(context, owner, user);
  });
}

/** Whether a response names whom the exchange is about. */
function isFor(pool: Pool, { name, userId }: SealedExchange, username: string): boolean {
  const given = normalizeName(pool, username);
  return given === userId || given === normalizeName(pool, name);
}

/** @throws AwsError for a value that would make the session key known (RFC 5054, 2.5.4). */
function publicValue(hex: string): bigint {
  const A = /^[\da-f]{1,768}$/i.test(hex) ? BigInt(`0x${hex}`) : 0n;
  if (A === 0n || A >= N) throw invalidParameter("SRP_A is not a public value of the group.");
  return A;
}

function base64(given: AuthParameters, name: string): Buffer {
  const text = required(given, name);
  if (/^[A-Za-z\d+/]+={0,2}$/.test(text)) return Buffer.from(text, "base64");
  throw invalidParameter(`${name} is not base64.`);
}

/**
 * The text that a client must have signed for this time: AWS formats it again (recorded:
 * ministackorg/ministack#1758).
 * @throws AwsError for a text in another form (reported: amazon-archives/amazon-cognito-identity-js#683).
 */
function canonicalTimestamp(text: string): string {
  const form = /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{2}:\d{2}:\d{2} UTC \d{4}$/;
  const time = new Date(form.test(text) ? text : Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  }
  const [weekday, day, month, year, clock] = time.toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${Number(day)} ${clock} UTC ${year}`;
}
