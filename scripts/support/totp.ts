/** Signs users in with one-time passwords that are computed from the secrets of their authenticators. */
import { setTimeout as delay } from "node:timers/promises";
import { ExpiredCodeException } from "@aws-sdk/client-cognito-identity-provider";
import { parseWith, totpCode, totpStepAt, totpStepLength } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { CommandError } from "./command-error.ts";
import type { Target } from "./target.ts";
import type { UserPool } from "./user-pools.ts";
import { signIn, type SigningUser } from "./users.ts";

/** Parses a secret, however an authenticator shows it. */
export const parseSecret = parseWith(
  z
    .string()
    .transform((text) => text.replaceAll(/[\s=-]/g, "").toUpperCase())
    .pipe(
      z
        .string()
        .regex(/^[A-Z2-7]{16,}$/, "Expected a secret in base32: letters A to Z and digits 2 to 7."),
    ),
);

/** The time, in milliseconds since 1970. */
export interface Clock {
  now(): number;
  /** Waits for a time, if it has not come. */
  until(time: number): Promise<void>;
}

const systemClock: Clock = {
  now: Date.now,
  async until(time) {
    const milliseconds = time - Date.now();
    if (milliseconds <= 0) return;
    process.stderr.write(
      `The latest codes were used already. Waiting ${Math.ceil(milliseconds / 1000)} s for the next one.\n`,
    );
    await delay(milliseconds);
  },
};

/** Codes that are tried: that of now, the next one, and the one for which the command waits. */
const attempts = 3;

/**
 * The user's ID token. Cognito takes a code once, and up to 30 seconds before its time, so that after
 * the code of now comes the next one (documented: COGNITO/user-pool-settings-mfa-totp).
 * @throws CommandError as `signIn` does, and for a user without an authenticator.
 */
export async function signInWithSecret(
  target: Target,
  pool: UserPool,
  user: SigningUser,
  secret: string,
  clock = systemClock,
): Promise<string> {
  const { newPassword } = user;
  let { password } = user;
  /** In place from the try on in which a temporary one is replaced, whatever comes of its code. */
  async function replacePassword(replacement: () => Promise<string>) {
    password = await replacement();
    return password;
  }
  const replacing = newPassword && { newPassword: () => replacePassword(newPassword) };
  const first = totpStepAt(clock.now());
  for (let step = first; ; step += 1) {
    await clock.until((step - 1) * totpStepLength);
    try {
      const trying = { ...user, password, ...replacing };
      return await signIn(target, pool, trying, {
        code: async () => totpCode(secret, step),
        register: rejectNew,
      });
    } catch (error) {
      const wasUsed = error instanceof CommandError && error.cause instanceof ExpiredCodeException;
      if (!wasUsed || step === first + attempts - 1) throw error;
    }
  }
}

/**
 * Registers an authenticator for a user who has none, and returns its secret. A code that is about to
 * end verifies it, so that the next sign-in does not have to wait for another one.
 * @throws CommandError as `signIn` does, and for a user who has one or needs none.
 */
export async function registerAuthenticator(
  target: Target,
  pool: UserPool,
  user: SigningUser,
  clock = systemClock,
): Promise<string> {
  let registered: string | undefined;
  await signIn(target, pool, user, {
    code: rejectRegistered,
    async register(_email, secret) {
      registered = secret;
      return totpCode(secret, totpStepAt(clock.now() - totpStepLength + toArrive));
    },
  });
  if (registered === undefined) throw new CommandError(`${user.email} needs no authenticator.`);
  return registered;
}

/** Milliseconds that a code may need until it is checked. */
const toArrive = 5_000;

async function rejectRegistered(email: string): Promise<never> {
  throw new CommandError(`${email} has an authenticator already.`);
}

async function rejectNew(email: string): Promise<never> {
  throw new CommandError(
    `${email} has no authenticator yet, so there is no secret to pass. Sign in without it: the command shows what to add to one.`,
  );
}
