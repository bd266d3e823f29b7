/** The store of user pools and app clients. */
import { createHash, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { exportJWK } from "jose";
import { parseInput } from "../../aws-protocol/input.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { invalidParameter, invalidParameterCode, resourceNotFound } from "./errors.ts";
import type { Client, Owner, Pool } from "./model.ts";
import { newClientId, newClientSecret, newPoolId } from "./random.ts";
import {
  clientSettings,
  userPoolSettings,
  type ClientSettings,
  type ResolvedUserPool,
  type UserPoolSettings,
} from "./settings.ts";
import { requirePlus } from "./plus-plan.ts";

export type Pools = ReturnType<typeof createPools>;

/** Creates an empty store; `now` returns milliseconds since 1970. */
export function createPools({ region, account, now }: AwsEnvironment & { now: () => number }) {
  const pools = new Map<string, Pool>();
  /** The pools of login pages, by the prefix of their domain. */
  const domains = new Map<string, Pool>();

  function pool(id: string): Pool {
    const found = pools.get(id);
    if (found === undefined) throw resourceNotFound(`User pool ${id} does not exist.`);
    return found;
  }

  /** A client with its pool, as unsigned operations find it. */
  function byClient(clientId: string): Owner {
    for (const owner of pools.values()) {
      const client = owner.clients.get(clientId);
      if (client !== undefined) return { pool: owner, client };
    }
    throw clientNotFound(clientId);
  }

  /** Creates a pool with its own signing key. @throws AwsError for invalid settings. */
  async function create(given: UserPoolSettings): Promise<Pool> {
    const settings = readSettings(given);
    const id = newPoolId(region);
    const createdAt = now();
    const created: Pool = {
      id,
      arn: `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`,
      issuer: `https://cognito-idp.${region}.amazonaws.com/${id}`,
      settings,
      signingKey: await newSigningKey(),
      clients: new Map(),
      users: new Map(),
      aliases: new Map(),
      sessions: [],
      risks: new Map(),
      logActivity: undefined,
      createdAt,
      modifiedAt: createdAt,
    };
    pools.set(id, created);
    return created;
  }

  /** Replaces the settings. Documented: how users sign in cannot be changed. */
  function update(id: string, given: UserPoolSettings): void {
    const settings = readSettings(given);
    const existing = pool(id);
    const before = existing.settings;
    if (
      settings.caseSensitive !== before.caseSensitive ||
      settings.usernameAttributes.join() !== before.usernameAttributes.join()
    ) {
      throw invalidParameter("Existing username settings cannot be updated.");
    }
    existing.settings = settings;
    existing.modifiedAt = now();
  }

  function createClient(poolId: string, given: ClientSettings): Client {
    const settings = parseInput(clientSettings, given, invalidParameterCode);
    const createdAt = now();
    const secret = settings.generateSecret ? newClientSecret() : undefined;
    const client = { id: newClientId(), secret, settings, createdAt, modifiedAt: createdAt };
    pool(poolId).clients.set(client.id, client);
    return client;
  }

  /** Replaces a client's settings; whether it has a secret cannot be changed. */
  function updateClient(poolId: string, clientId: string, given: ClientSettings): void {
    const settings = parseInput(clientSettings, given, invalidParameterCode);
    const client = clientOf(pool(poolId), clientId);
    if (settings.generateSecret !== client.settings.generateSecret) {
      throw invalidParameter("Whether a client has a secret cannot be updated.");
    }
    client.settings = settings;
    client.modifiedAt = now();
  }

  return {
    pool,
    byClient,

    /** Every pool, in the order of their creation. */
    list: (): Pool[] => [...pools.values()],

    /** The pool whose tokens have this issuer. */
    byIssuer: (issuer: unknown): Pool | undefined =>
      [...pools.values()].find((candidate) => candidate.issuer === issuer),

    create,
    update,

    delete(id: string): void {
      pools.delete(pool(id).id);
    },

    /** The domains of all pools. */
    domains: (): string[] => [...domains.keys()],

    /** The pool of a domain. */
    byDomain: (domain: string): Pool | undefined => domains.get(domain),

    /** The domain of a pool's login pages; the latest, while one replaces another. */
    domainOf: (of: Pool): string | undefined =>
      [...domains].findLast(([, owner]) => owner === of)?.[0],

    /** @throws AwsError for a domain that another pool has (COGNITO-API/CreateUserPoolDomain). */
    createDomain(poolId: string, domain: string): void {
      if (domains.has(domain)) {
        throw invalidParameter("Domain already associated with another user pool.");
      }
      domains.set(domain, pool(poolId));
    },

    deleteDomain(domain: string): void {
      domains.delete(domain);
    },

    createClient,
    updateClient,

    deleteClient(poolId: string, clientId: string): void {
      const owner = pool(poolId);
      owner.clients.delete(clientOf(owner, clientId).id);
    },
  };
}

/** @throws AwsError for invalid settings, and for those of another plan. */
function readSettings(given: UserPoolSettings): ResolvedUserPool {
  const settings = parseInput(userPoolSettings, given, invalidParameterCode);
  if (settings.threatProtection !== "OFF") requirePlus(settings);
  return settings;
}

/** A client of a pool. @throws AwsError when the pool has no such client. */
export function clientOf({ clients }: Pool, id: string): Client {
  const found = clients.get(id);
  if (found === undefined) throw clientNotFound(id);
  return found;
}

function clientNotFound(id: string): Error {
  return resourceNotFound(`User pool client ${id} does not exist.`);
}

async function newSigningKey(): Promise<Pool["signingKey"]> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
  });
  const id = keyId(publicKey);
  const { kty, n, e } = await exportJWK(publicKey);
  if (kty === undefined || n === undefined || e === undefined) throw new Error("Not an RSA key");
  const jwks = { keys: [{ alg: "RS256", e, kid: id, kty, n, use: "sig" }] };
  return { id, private: privateKey, public: createPublicKey(privateKey), jwks };
}

/** A key id derived from the key, in Cognito's form: the base64 of 32 bytes. */
function keyId(key: KeyObject): string {
  const der = key.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("base64");
}
