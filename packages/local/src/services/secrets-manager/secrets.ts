/** The store of secrets and their versions. Messages are AWS's where clients may compare them. */
import { randomInt, randomUUID } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { Principal } from "../iam/principal.ts";
import type { SecretEncryption, SecretValue, StoredValue } from "./secret-encryption.ts";

/** One version of a value. A label is on at most one version of a secret. */
export interface SecretVersion {
  id: string;
  value: StoredValue;
  labels: Set<string>;
  createdAt: number;
}

/** A secret; times are milliseconds since 1970. */
export interface Secret {
  arn: string;
  name: string;
  description: string | undefined;
  kmsKeyId: string | undefined;
  /** Who may use it, as JSON. */
  policy: string | undefined;
  versions: Map<string, SecretVersion>;
  createdAt: number;
  changedAt: number;
  /** When it will be gone, once its deletion is scheduled. */
  deletionAt: number | undefined;
}

export interface SecretSettings {
  name: string;
  description?: string | undefined;
  kmsKeyId?: string | undefined;
}
export type SecretStore = ReturnType<typeof createSecretStore>;

interface StoreOptions extends AwsEnvironment {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly encryption: SecretEncryption;
}

/** An empty set of secrets. */
export function createSecretStore({ region, account, now, encryption }: StoreOptions) {
  const byArn = new Map<string, Secret>();

  /** Removes the secrets whose recovery window has passed. */
  function sweep(): void {
    for (const { arn, deletionAt } of byArn.values()) {
      if (deletionAt !== undefined && deletionAt <= now()) byArn.delete(arn);
    }
  }

  /** A secret by name, ARN, or ARN without its random suffix, also one marked for deletion. */
  function match(id: string): Secret | undefined {
    sweep();
    return (
      byArn.get(id) ??
      [...byArn.values()].find(({ name, arn }) => name === id || arn.slice(0, -suffixLength) === id)
    );
  }

  /** The same. @throws AwsError when there is none. */
  function lookUp(id: string): Secret {
    const found = match(id);
    if (found === undefined) throw notFound("secret.");
    return found;
  }

  /** A secret that can be used. */
  function find(id: string): Secret {
    const secret = lookUp(id);
    if (secret.deletionAt === undefined) return secret;
    throw invalidRequest(
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }

  /** A new secret without a value. @throws AwsError when the name is taken, or the key not usable. */
  function create({ name, description, kmsKeyId }: SecretSettings, creator: Principal): Secret {
    sweep();
    const taken = [...byArn.values()].find((secret) => secret.name === name);
    if (taken?.deletionAt !== undefined) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (taken !== undefined) {
      const message = `The operation failed because the secret ${name} already exists.`;
      throw new AwsError("ResourceExistsException", message);
    }
    const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${name}${randomSuffix()}`;
    const [createdAt, versions] = [now(), new Map<string, SecretVersion>()];
    const times = { createdAt, changedAt: createdAt, deletionAt: undefined };
    const secret = { arn, name, description, kmsKeyId, policy: undefined, versions, ...times };
    encryption.checkAccess(secret, creator);
    byArn.set(arn, secret);
    return secret;
  }

  function assertRoomFor(value: StoredValue): void {
    const versions = [...byArn.values()].flatMap((secret) => [...secret.versions.values()]);
    const held = versions.reduce((sum, version) => sum + bytesOf(version.value), bytesOf(value));
    if (held <= mostBytes) return;
    const message = `The local cloud keeps at most ${String(mostBytes)} bytes of secrets.`;
    throw new AwsError("LimitExceededException", message);
  }

  /**
   * Makes `value` the current one, under the caller's token as the version's id. The same value
   * under the same token again changes nothing. @throws AwsError for another value.
   */
  function putValue(
    secret: Secret,
    given: SecretValue,
    writer: Principal,
    token: string = randomUUID(),
  ): SecretVersion {
    const existing = secret.versions.get(token);
    if (existing !== undefined) {
      if (sameValue(encryption.open(existing.value, writer), given)) return existing;
      const message = `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.arn}.`;
      throw new AwsError("ResourceExistsException", message);
    }
    const value = encryption.seal(secret, { id: token, value: given }, writer);
    assertRoomFor(value);
    const previous = labelled(secret, "AWSCURRENT");
    if (previous !== undefined) {
      labelled(secret, "AWSPREVIOUS")?.labels.delete("AWSPREVIOUS");
      previous.labels.delete("AWSCURRENT");
      previous.labels.add("AWSPREVIOUS");
    }
    secret.changedAt = now();
    const labels = new Set(["AWSCURRENT"]);
    const version = { id: token, value, labels, createdAt: secret.changedAt };
    secret.versions.set(token, version);
    removeDeprecated(secret);
    return version;
  }

  /** A version by id, by label, or (both given) by an id that must carry the label. */
  function findVersion(
    secret: Secret,
    id: string | undefined,
    label: string | undefined,
  ): SecretVersion {
    if (id === undefined) {
      const wanted = label ?? "AWSCURRENT";
      const found = labelled(secret, wanted);
      if (found === undefined) throw notFound(`secret value for staging label: ${wanted}`);
      return found;
    }
    const found = secret.versions.get(id);
    if (found === undefined) throw notFound(`secret value for VersionId: ${id}`);
    if (label === undefined || found.labels.has(label)) return found;
    throw invalidRequest(
      "You provided a VersionStage that is not associated to the provided VersionId.",
    );
  }

  /** Marks a secret for deletion, or removes it at once without a recovery window. */
  function remove(secret: Secret, recoveryDays: number): number {
    const deletionAt = now() + recoveryDays * 24 * 60 * 60 * 1000;
    secret.deletionAt = deletionAt;
    sweep();
    return deletionAt;
  }

  return {
    match,
    lookUp,
    find,

    /** Every secret that is not marked for deletion, in the order of their creation. */
    list(): Secret[] {
      return [...byArn.values()].filter(({ deletionAt }) => deletionAt === undefined);
    },

    create,

    /** Changes what describes a secret. Without a key it keeps its own (documented: SECRETS-API/UpdateSecret). */
    update(
      secret: Secret,
      { description, kmsKeyId = secret.kmsKeyId }: Omit<SecretSettings, "name">,
      caller: Principal,
    ): Secret {
      const { arn, versions } = secret;
      if (kmsKeyId !== secret.kmsKeyId) {
        const changed = { arn, kmsKeyId };
        encryption.checkAccess(changed, caller);
        for (const version of versions.values()) {
          if (version.labels.size > 0) version.value = encryption.reseal(changed, version, caller);
        }
      }
      return Object.assign(secret, { description, kmsKeyId, changedAt: now() });
    },

    putValue,
    version: findVersion,
    remove,
  };
}

/** Bytes of all values; the local cloud's own limit. */
const mostBytes = 64 * 1024 * 1024;

function bytesOf(value: StoredValue): number {
  if ("sealed" in value) return value.sealed.blob.length;
  return "secretString" in value ? 2 * value.secretString.length : value.secretBinary.length;
}

/** Of a secret; AWS keeps about as many (documented: SECRETS/reference_limits). */
const mostVersions = 100;

/** Removes the oldest versions without a label. */
function removeDeprecated({ versions }: Secret): void {
  for (const { id, labels } of versions.values()) {
    if (versions.size <= mostVersions) return;
    if (labels.size === 0) versions.delete(id);
  }
}

function labelled(secret: Secret, label: string): SecretVersion | undefined {
  return [...secret.versions.values()].find(({ labels }) => labels.has(label));
}

function sameValue(a: SecretValue, b: SecretValue): boolean {
  if ("secretString" in a) return "secretString" in b && a.secretString === b.secretString;
  return "secretBinary" in b && a.secretBinary.equals(b.secretBinary);
}

const suffixLength = "-AbC123".length;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A hyphen and six random characters, with which AWS ends a secret's ARN. */
function randomSuffix(): string {
  return `-${Array.from({ length: suffixLength - 1 }, () => alphabet[randomInt(alphabet.length)]).join("")}`;
}

function notFound(what: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Secrets Manager can't find the specified ${what}`,
  );
}

function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequestException", message);
}
