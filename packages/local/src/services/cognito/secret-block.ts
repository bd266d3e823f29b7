/** Secret blocks: what the server must remember of an exchange, sealed, so that it keeps nothing for callers who do not respond. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import * as z from "zod";
import { hashOf } from "./random.ts";
import { createRecent } from "./recent.ts";
import type { Exchange } from "./srp.ts";

/** An exchange that a client began. */
export interface SealedExchange extends Exchange {
  clientId: string;
  /** As sent. */
  name: string;
  userId: string;
  expiresAt: number;
}

/** The blocks of a Cognito. */
export interface SecretBlocks {
  seal(exchange: SealedExchange): Buffer;
  /** Undefined for a block that was not sealed here, was used or has expired. */
  open(block: Buffer): SealedExchange | undefined;
  useUp(block: Buffer): void;
}

/** "authSessionValidity" is at most so long. Milliseconds. */
const longest = 900_000;

/** Of one length for all values, so that the block's length tells nothing. */
const digits = 768;
const number = z
  .string()
  .regex(/^[\da-f]+$/)
  .transform((hex) => BigInt(`0x${hex}`));

const content = z.strictObject({
  clientId: z.string(),
  name: z.string(),
  userId: z.string(),
  expiresAt: z.number(),
  A: number,
  b: number,
  B: number,
});

/** Creates them; `now` returns milliseconds since 1970. */
export function createSecretBlocks(now: () => number): SecretBlocks {
  const key = randomBytes(32);
  const used = createRecent<{ at: number }>(longest, now);

  return {
    seal({ A, b, B, ...rest }) {
      const [textOfA, textOfb, textOfB] = [A, b, B].map((value) =>
        value.toString(16).padStart(digits, "0"),
      );
      const text = JSON.stringify({ ...rest, A: textOfA, b: textOfb, B: textOfB });
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },
    open(block) {
      const text = decrypt(key, block);
      if (text === undefined || used.get(hashOf(block.toString("latin1"))) !== undefined)
        return undefined;
      const exchange = content.parse(JSON.parse(text));
      return exchange.expiresAt > now() ? exchange : undefined;
    },
    useUp(block) {
      used.set(hashOf(block.toString("latin1")), { at: now() });
    },
  };
}

function decrypt(key: Buffer, block: Buffer): string | undefined {
  if (block.length < 28) return undefined;
  const cipher = createDecipheriv("aes-256-gcm", key, block.subarray(0, 12), { authTagLength: 16 });
  cipher.setAuthTag(block.subarray(12, 28));
  try {
    return Buffer.concat([cipher.update(block.subarray(28)), cipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
