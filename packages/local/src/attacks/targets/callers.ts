/** Tokens for attacks: the local Cognito issues them for users that do not exist, and stores nothing. */
import { randomUUID } from "node:crypto";
import { compileExpression } from "../../services/api-gateway/store/expressions.ts";
import type { Context } from "../../services/cognito/context.ts";
import type { Owner } from "../../services/cognito/model.ts";
import { createPools } from "../../services/cognito/pools.ts";
import { issueTokens } from "../../services/cognito/tokens.ts";
import type { RouteAuthorizer } from "./routes.ts";

/** A pair of tokens. */
interface Tokens {
  readonly id: string;
  readonly access: string;
}

/** Issues tokens; a text says why there are none. */
export interface Callers {
  /** A client of a pool whose tokens an authorizer accepts. */
  ownerFor(authorizer: RouteAuthorizer): Owner | string;
  /** A client of a pool that an authorizer does not name. */
  strangerTo(authorizer: RouteAuthorizer): Owner | string;
  /** A client of a pool with the id of another, whose key is unknown to every authorizer. */
  impostorOf(owner: Owner): Promise<Owner>;
  /** `ageMs` ago, and with these scopes in the access token. */
  tokensOf(owner: Owner, options?: { ageMs?: number; scopes?: readonly string[] }): Promise<Tokens>;
}

/** Creates the callers. */
export function createCallers({ pools, now }: Pick<Context, "pools" | "now">): Callers {
  const clientsOf = (wanted: (poolId: string) => boolean): Owner[] =>
    pools
      .list()
      .filter(({ id }) => wanted(id))
      .flatMap((pool) => [...pool.clients.values()].map((client) => ({ pool, client })));

  return {
    ownerFor({ userPoolIds, audience }) {
      const accepted = audience === undefined ? undefined : compileExpression(audience);
      return (
        clientsOf((id) => userPoolIds.includes(id)).find(
          ({ client }) => accepted?.matches(client.id) ?? true,
        ) ?? "its user pool has no app client"
      );
    },
    strangerTo: ({ userPoolIds }) =>
      clientsOf((id) => !userPoolIds.includes(id))[0] ??
      "there is no other user pool with an app client",
    async impostorOf({ pool, client }) {
      const [, region = "", account = ""] =
        /^arn:aws:cognito-idp:([^:]*):([^:]*)/.exec(pool.arn) ?? [];
      const made = await createPools({ region, account, now }).create({ name: "impostor" });
      return { pool: { ...pool, signingKey: made.signingKey, issuer: made.issuer }, client };
    },
    async tokensOf(owner, { ageMs = 0, scopes } = {}) {
      const sub = randomUUID();
      const attributes = new Map([
        ["sub", sub],
        ["email", "attacker@example.com"],
        ["email_verified", "true"],
      ]);
      const at = now() - ageMs;
      const session = { id: randomUUID(), originJti: randomUUID(), authenticatedAt: at, scopes };
      const issued = await issueTokens(at, owner, { sub, username: sub, attributes }, session);
      return { id: issued.IdToken ?? "", access: issued.AccessToken };
    },
  };
}
