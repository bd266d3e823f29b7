/** Attacks with tokens: none, and those that the authorizer of a route must not accept. */
import { createHmac } from "node:crypto";
import type { RawRequest } from "../http/send.ts";
import type { Owner } from "../services/cognito/model.ts";
import { type Attack, onEachRoute } from "./model/attack.ts";
import { refusedBy } from "./model/expectations.ts";
import type { AttackedRoute, RouteAuthorizer } from "./targets/routes.ts";
import type { Targets } from "./targets/targets.ts";

type Callers = Targets["callers"];

/** An attack with a token; a text says why there is none. */
interface TokenAttack {
  readonly id: string;
  readonly title: string;
  readonly tries: string;
  readonly forge: (
    owner: Owner,
    authorizer: RouteAuthorizer,
    callers: Callers,
  ) => Promise<string | { readonly why: string }>;
}

const DAY_MS = 86_400_000;
const open = "it has no authorizer: anybody may call it";

/** A token that the authorizer accepts. */
async function accepted(
  owner: Owner,
  { scopes }: RouteAuthorizer,
  callers: Callers,
  ageMs = 0,
): Promise<string> {
  if (scopes.length === 0) return (await callers.tokensOf(owner, { ageMs })).id;
  return (await callers.tokensOf(owner, { ageMs, scopes })).access;
}

/** The request of a route with this token. */
export function withToken({ request, authorizer }: AttackedRoute, token: string): RawRequest {
  const header = [authorizer?.header ?? "Authorization", `Bearer ${token}`] as const;
  return { ...request, headers: [...request.headers, header] };
}

/** The request of a route as its example has it, with a token where it takes one; a text says why there is none. */
export async function servedRequest(
  route: AttackedRoute,
  callers: Callers,
): Promise<RawRequest | string> {
  const { authorizer } = route;
  if (authorizer === undefined) return route.request;
  const owner = callers.ownerFor(authorizer);
  if (typeof owner === "string") return owner;
  return withToken(route, await accepted(owner, authorizer, callers));
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function partsOf(token: string): {
  readonly payload: string;
  readonly claims: object;
  readonly kid: unknown;
  readonly head: string;
  readonly signature: string;
} {
  const [head = "", payload = "", signature = ""] = token.split(".");
  const { kid } = { kid: undefined, ...decode(head) };
  return { head, payload, signature, claims: decode(payload), kid };
}

function decode(part: string): object {
  const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
  return typeof value === "object" && value !== null ? value : {};
}

const withTokens: readonly TokenAttack[] = [
  {
    id: "other-pool",
    title: "Token of another user pool",
    tries: "Calls a route with a valid token of a user pool that its authorizer does not name.",
    async forge(_, authorizer, callers) {
      const stranger = callers.strangerTo(authorizer);
      if (typeof stranger === "string") return { why: stranger };
      return accepted(stranger, authorizer, callers);
    },
  },
  {
    id: "expired",
    title: "Expired token",
    tries: "Calls a route with a token that was valid two days ago.",
    forge: (owner, authorizer, callers) => accepted(owner, authorizer, callers, 2 * DAY_MS),
  },
  {
    id: "tampered",
    title: "Tampered claims",
    tries: "Changes the user in a valid token, and leaves its signature.",
    async forge(owner, authorizer, callers) {
      const { head, claims, signature } = partsOf(await accepted(owner, authorizer, callers));
      return `${head}.${encode({ ...claims, sub: "00000000-0000-0000-0000-000000000000" })}.${signature}`;
    },
  },
  {
    id: "alg-none",
    title: "Algorithm none",
    tries: "Takes the signature from a valid token, and says that it needs none.",
    async forge(owner, authorizer, callers) {
      const { payload, kid } = partsOf(await accepted(owner, authorizer, callers));
      return `${encode({ alg: "none", kid })}.${payload}.`;
    },
  },
  {
    id: "hs256",
    title: "HS256 with the public key",
    tries: "Signs a token with the user pool's public key, as if it were a secret.",
    async forge(owner, authorizer, callers) {
      const { payload, kid } = partsOf(await accepted(owner, authorizer, callers));
      const signed = `${encode({ alg: "HS256", kid })}.${payload}`;
      const key = owner.pool.signingKey.public.export({ type: "spki", format: "pem" });
      return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
    },
  },
  {
    id: "padded",
    title: "Padded token",
    tries: "Adds padding to a valid token, which gives it a second form.",
    forge: async (owner, authorizer, callers) => `${await accepted(owner, authorizer, callers)}==`,
  },
  {
    id: "other-issuer",
    title: "Token of another issuer",
    tries: "Calls a route with a token that another key has signed, with the right claims.",
    forge: async (owner, authorizer, callers) =>
      accepted(await callers.impostorOf(owner), authorizer, callers),
  },
  {
    id: "other-use",
    title: "Access token in place of the ID token",
    tries:
      "Calls a route with the kind of token that it does not take: an access token for an ID token, or the reverse.",
    async forge(owner, { scopes }, callers) {
      const { id, access } = await callers.tokensOf(owner);
      return scopes.length === 0 ? access : id;
    },
  },
];

const expects = "The authorizer refuses it; the function is not called.";
const expectation = refusedBy("authorizer");

/** The attacks. */
export const tokenAttacks: readonly Attack[] = [
  onEachRoute({
    id: "no-token",
    title: "No token",
    tries: "Calls a route without a token.",
    expects,
    aim: ({ request, authorizer }) => (authorizer === undefined ? open : { request, expectation }),
  }),
  ...withTokens.map(({ forge, ...attack }) =>
    onEachRoute({
      ...attack,
      expects,
      async aim(route, { callers }) {
        const { authorizer } = route;
        if (authorizer === undefined) return open;
        const owner = callers.ownerFor(authorizer);
        if (typeof owner === "string") return owner;
        const token = await forge(owner, authorizer, callers);
        if (typeof token !== "string") return token.why;
        return { request: withToken(route, token), expectation };
      },
    }),
  ),
];
