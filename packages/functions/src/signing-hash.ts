/** SHA-256 for the SDK's signatures: Node's own, as the SDK's is, at less cost for each request. */
import { createHash, createHmac, createSecretKey } from "node:crypto";
import type { KeyObject } from "node:crypto";

type Bytes = ArrayBuffer | ArrayBufferView;

/** Keys that came as bytes, such as the day's signing key. */
const keys = new WeakMap<Bytes, KeyObject>();

/**
 * A hash or, with a secret, an HMAC; one text, one digest. Node takes five times as long to find out
 * that bytes are no `KeyObject` as to compute with one (measured), so a key that comes again is kept
 * as one. The SDK's own class also copies its state for each digest.
 */
export class SigningHash {
  readonly digestLength = 32;
  readonly #secret: string | Bytes | undefined;
  #state: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: string | Bytes) {
    this.#secret = secret;
    this.#state = start(secret);
  }

  update(chunk: Uint8Array): void {
    this.#state.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#state.digest();
  }

  reset(): void {
    this.#state = start(this.#secret);
  }
}

function start(secret: string | Bytes | undefined) {
  if (secret === undefined) return createHash("sha256");
  return createHmac("sha256", typeof secret === "string" ? secret : keyOf(secret));
}

function keyOf(secret: Bytes): KeyObject {
  let key = keys.get(secret);
  if (key === undefined) {
    key = createSecretKey(
      ArrayBuffer.isView(secret)
        ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
        : Buffer.from(secret),
    );
    keys.set(secret, key);
  }
  return key;
}
