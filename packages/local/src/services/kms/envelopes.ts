/**
 * Envelope encryption: how services encrypt what they keep, with data keys that KMS makes for the
 * caller and decrypts for the reader (documented: SQS/sqs-key-management, SNS/sns-key-management,
 * SECRETS/security-encryption).
 */
import { createSecretKey, type KeyObject } from "node:crypto";
import type { Action } from "../iam/authorize.ts";
import { encryptionContextConditions } from "../iam/context.ts";
import { callerName, type Principal } from "../iam/principal.ts";
import { decrypt, encrypt, type EncryptionContext } from "./ciphertext.ts";
import type { Keys } from "./keys.ts";

/** For whom a key is used: a principal through a service that it called, or a service by itself. */
export interface KeyUser {
  readonly principal: Principal;
  /** The service's name in `kms:ViaService`, such as `sqs`. */
  readonly service: string;
  /** Seconds for which a data key is used again for the same principal; 0 for never. */
  readonly reuse: number;
}

/** What is encrypted under a key. */
export interface Envelope {
  readonly keyId: string;
  readonly context: EncryptionContext;
}

/** An encrypted data key; the messages of one reuse period share it. */
interface WrappedKey {
  readonly blob: Buffer;
  readonly context: EncryptionContext;
}

/** Something encrypted, with its encrypted data key. */
export interface Sealed {
  readonly wrapped: WrappedKey;
  readonly blob: Buffer;
}

/** What envelopes are created with. */
interface EnvelopesOptions {
  readonly region: string;
  readonly keys: Keys;
  /** Authorizes a use of a key. @throws AwsError */
  readonly check: (principal: Principal, action: Action) => void;
  readonly now: () => number;
}

/** The envelopes of all services. Every method throws AwsError with KMS's code. */
export type Envelopes = ReturnType<typeof createEnvelopes>;

interface CachedKey {
  readonly wrapped: WrappedKey;
  readonly key: KeyObject;
  readonly until: number;
}

const dataKeyBytes = 32;

/** Creates them. */
export function createEnvelopes({ region, keys, check, now }: EnvelopesOptions) {
  /** To encrypt: by user, key and context. Principals share no data keys. */
  const generated = new Map<string, CachedKey>();
  /** To decrypt: by user. */
  const decrypted = new WeakMap<WrappedKey, Map<string, CachedKey>>();

  function authorize(user: KeyUser, operation: string, keyArn: string, context: EncryptionContext) {
    const { principal, service } = user;
    // A service that calls by itself calls through no other (assumed).
    const via = principal.kind !== "service" && {
      "kms:ViaService": `${service}.${region}.amazonaws.com`,
    };
    check(principal, {
      action: `kms:${operation}`,
      resource: keyArn,
      conditions: { ...encryptionContextConditions(context), ...via },
    });
  }

  /** The data key to encrypt with: a new one is decrypted once, to check it (documented for SQS). */
  function dataKey(user: KeyUser, { keyId, context }: Envelope): CachedKey {
    const id = JSON.stringify([nameOf(user), keyId, context]);
    const known = generated.get(id);
    if (known !== undefined && known.until > now()) return known;
    const { arn } = keys.find(keyId);
    authorize(user, "GenerateDataKey", arn, context);
    const { plaintext, blob } = keys.generateDataKey(arn, dataKeyBytes, context);
    authorize(user, "Decrypt", arn, context);
    const key = createSecretKey(plaintext);
    const fresh = { wrapped: { blob, context }, key, until: now() + user.reuse * 1000 };
    for (const [other, { until }] of generated) if (until <= now()) generated.delete(other);
    if (user.reuse > 0) generated.set(id, fresh);
    return fresh;
  }

  function unwrap(user: KeyUser, wrapped: WrappedKey): KeyObject {
    const name = nameOf(user);
    const byUser = decrypted.get(wrapped) ?? new Map<string, CachedKey>();
    const known = byUser.get(name);
    if (known !== undefined && known.until > now()) return known.key;
    authorize(user, "Decrypt", keys.keyOf(wrapped.blob).arn, wrapped.context);
    const key = createSecretKey(keys.decrypt(wrapped.blob, wrapped.context));
    byUser.set(name, { wrapped, key, until: now() + user.reuse * 1000 });
    if (user.reuse > 0) decrypted.set(wrapped, byUser);
    return key;
  }

  return {
    /** Checks that a data key can be had, without encrypting anything. */
    checkAccess: (user: KeyUser, envelope: Envelope): void => void dataKey(user, envelope),
    seal(user: KeyUser, envelope: Envelope, content: Buffer): Sealed {
      const { wrapped, key } = dataKey(user, envelope);
      return { wrapped, blob: encrypt(key, content, envelope.context) };
    },
    open: (user: KeyUser, { wrapped, blob }: Sealed): Buffer =>
      decrypt(unwrap(user, wrapped), blob, wrapped.context),
  };
}

function nameOf({ principal, service }: KeyUser): string {
  const source = principal.kind === "service" ? (principal.sourceArn ?? "") : "";
  return [service, callerName(principal), source].join(" ");
}
