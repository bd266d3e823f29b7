/** The store of keys and aliases. Key material stays in memory, and in this file. */
import { createSecretKey, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { blobOf, readBlob } from "./blob.ts";
import { decrypt, encrypt, type EncryptionContext } from "./ciphertext.ts";
import { disabled, invalidState, notAccessible, notFound } from "./errors.ts";
import { defaultPolicy, managedPolicy } from "./policies.ts";

/** What can be changed of a key. */
export interface KeySettings {
  readonly description: string;
  /** The key policy, as JSON; KMS's default one where it is undefined. */
  readonly policy: string | undefined;
  readonly isEnabled: boolean;
}

/** A key without its material; times are milliseconds since 1970. */
export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly manager: "AWS" | "CUSTOMER";
  readonly createdAt: number;
  readonly description: string;
  readonly policy: string;
  readonly isEnabled: boolean;
  /** When it will be gone, once its deletion is scheduled. */
  readonly deletionAt: number | undefined;
}

interface StoredKey extends Key {
  readonly material: KeyObject;
}

/** Keys by id, ARN, alias or alias ARN. Every method throws AwsError with KMS's code. */
export type Keys = ReturnType<typeof createKeys>;

/** Bytes of an AES-256 key. */
const keyBytes = 32;

const day = 24 * 60 * 60 * 1000;

/** Creates an account without keys; `now` gives milliseconds since 1970. */
export function createKeys({ region, account, now }: AwsEnvironment & { now: () => number }) {
  const keys = new Map<string, StoredKey>();
  /** The ids of keys by the names of their aliases. */
  const aliases = new Map<string, string>();

  const arnOf = (resource: string) => `arn:aws:kms:${region}:${account}:${resource}`;

  function create(settings: KeySettings, manager: Key["manager"] = "CUSTOMER"): Key {
    const id = randomUUID();
    return put({
      id,
      arn: arnOf(`key/${id}`),
      manager,
      createdAt: now(),
      ...settings,
      policy: settings.policy ?? defaultPolicy(account),
      deletionAt: undefined,
      material: createSecretKey(randomBytes(keyBytes)),
    });
  }

  function put(key: StoredKey): StoredKey {
    keys.set(key.id, key);
    return key;
  }

  /** Removes the keys whose waiting period is over. */
  function sweep(): void {
    for (const { id, deletionAt } of keys.values()) {
      if (deletionAt === undefined || deletionAt > now()) continue;
      keys.delete(id);
      for (const [name, target] of aliases) if (target === id) aliases.delete(name);
    }
  }

  /** The key of an id, an ARN, an alias's name or its ARN. */
  function find(keyId: string): StoredKey {
    sweep();
    const name = keyId.startsWith(arnOf("")) ? keyId.slice(arnOf("").length) : keyId;
    const id = name.startsWith("alias/") ? targetOf(name) : name.replace(/^key\//, "");
    const key = id === undefined ? undefined : keys.get(id);
    if (key !== undefined) return key;
    throw notFound(
      name.startsWith("alias/") ? `Alias ${arnOf(name)}` : `Key '${arnOf(`key/${id ?? ""}`)}'`,
    );
  }

  /** The id behind an alias; a service's own key is created when it is first asked for. */
  function targetOf(alias: string): string | undefined {
    const [, service] = /^alias\/aws\/([a-z0-9]+)$/.exec(alias) ?? [];
    if (service !== undefined && !aliases.has(alias)) {
      const policy = managedPolicy(service, { region, account });
      const description = `The key of ${service} when no other is given`;
      aliases.set(alias, create({ description, policy, isEnabled: true }, "AWS").id);
    }
    return aliases.get(alias);
  }

  /** A key that can be used (documented: KMS/key-state). */
  function usable(keyId: string): StoredKey {
    const key = find(keyId);
    if (key.deletionAt !== undefined) throw invalidState(key.arn, "pending deletion");
    if (!key.isEnabled) throw disabled(key.arn);
    return key;
  }

  function encryptWith(keyId: string, plaintext: Buffer, context: EncryptionContext): Buffer {
    const { id, material } = usable(keyId);
    return blobOf(id, encrypt(material, plaintext, context));
  }

  return {
    arnOf,
    create: (settings: KeySettings): Key => create(settings),
    find: (keyId: string): Key => find(keyId),
    update(keyId: string, { policy, ...settings }: KeySettings): Key {
      const key = find(keyId);
      return put({ ...key, ...settings, policy: policy ?? defaultPolicy(account) });
    },
    setEnabled(keyId: string, isEnabled: boolean): void {
      const key = find(keyId);
      if (key.deletionAt !== undefined) throw invalidState(key.arn, "pending deletion");
      put({ ...key, isEnabled });
    },
    /** Deletes a key after a waiting period, in which it cannot be used. Returns when that ends. */
    scheduleDeletion(keyId: string, days: number): number {
      const key = find(keyId);
      if (key.deletionAt !== undefined) throw invalidState(key.arn, "pending deletion");
      const deletionAt = now() + days * day;
      put({ ...key, deletionAt });
      return deletionAt;
    },
    /** Keeps a key whose deletion is scheduled; it is disabled afterwards. */
    cancelDeletion(keyId: string): void {
      const key = find(keyId);
      if (key.deletionAt === undefined) throw invalidState(key.arn, "not pending deletion");
      put({ ...key, deletionAt: undefined, isEnabled: false });
    },
    setAlias: (name: string, keyId: string): void => void aliases.set(name, find(keyId).id),
    deleteAlias: (name: string): void => void aliases.delete(name),
    /** The policy of the key with this ARN; undefined where there is none. */
    policyOf: (keyArn: string): string | undefined =>
      keyArn.startsWith(arnOf("key/"))
        ? keys.get(keyArn.slice(arnOf("key/").length))?.policy
        : undefined,

    encrypt: encryptWith,
    /** New bytes, and the same encrypted. */
    generateDataKey(keyId: string, bytes: number, context: EncryptionContext) {
      const plaintext = randomBytes(bytes);
      return { plaintext, blob: encryptWith(keyId, plaintext, context) };
    },
    /** The key that made a blob. */
    keyOf(blob: Buffer): Key {
      const key = keys.get(readBlob(blob).keyId);
      if (key === undefined) throw notAccessible();
      return key;
    },
    decrypt(blob: Buffer, context: EncryptionContext): Buffer {
      const { keyId, encrypted } = readBlob(blob);
      return decrypt(usable(keyId).material, encrypted, context);
    },
  };
}
