/**
 * The web ACL of a user pool, before unsigned operations and every address of the login pages
 * (documented: COGNITO/user-pool-waf).
 */
import { randomUUID } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";
import { type JsonInput, textMember } from "../../aws-protocol/json-protocol.ts";
import type { AwsCall } from "../../aws-protocol/service.ts";
import { renderBlock } from "../waf/evaluation/block-response.ts";
import { type Decision, factsOf } from "../waf/evaluation/decision.ts";
import type { Context } from "./context.ts";
import { poolOfSession } from "./challenges.ts";
import type { Pool } from "./model.ts";
import type { Pools } from "./pools.ts";
import { unverifiedClaims } from "./tokens.ts";

/** The message of a block (reported with its status: ravenscar/franken-srp#13). */
export const blocked = "Request not allowed due to WAF block.";

/**
 * Evaluates the web ACL of the pool that an unsigned operation names, by its client, access token or
 * session; an operation that names none is refused anyway. Returns a custom response.
 * @throws AwsError ForbiddenException for any other block.
 */
export function checkCall(
  { pools, firewall }: Pick<Context, "firewall" | "pools">,
  call: AwsCall,
  input: JsonInput,
) {
  const { pool, clientId } = namedIn(pools, input);
  if (pool === undefined) return undefined;
  const { method, headers } = call.request;
  const decision = firewall.evaluate(pool.arn, {
    ...everyRequest(),
    method,
    path: "/",
    queryString: "",
    headers: forwarded(headers, {
      host: new URL(pool.issuer).host,
      "x-amzn-cognito-client-id": clientId,
      "x-amzn-cognito-operation-name": call.operation,
    }),
  });
  if (decision.action === "allow") return undefined;
  if (decision.response) return renderBlock(decision.response);
  const error = new AwsError("ForbiddenException", blocked, 403);
  throw Object.assign(error, { decidedBy: factsOf(decision) });
}

/** Evaluates the web ACL for a request to a domain's pages, whose path begins with the domain. */
export function checkPage(
  firewall: Context["firewall"],
  pool: Pool,
  domain: string,
  request: Request,
  clientId: string | undefined,
): Decision {
  const { pathname, search } = new URL(request.url);
  return firewall.evaluate(pool.arn, {
    ...everyRequest(),
    method: request.method,
    path: pathname.slice(`/${domain}`.length) || "/",
    queryString: search.slice(1),
    headers: forwarded(request.headers, {
      host: `${domain}.auth.${pool.id.split("_")[0]}.amazoncognito.com`,
      "x-amzn-cognito-client-id": clientId,
      "x-amzn-cognito-operation-name": undefined,
    }),
  });
}

/** Only this machine's programs reach the local cloud. What AWS forwards of a body is not documented: here nothing. */
const everyRequest = () => ({ remoteAddress: "127.0.0.1", requestId: randomUUID() });

/** AWS forwards selected headers that are not confidential: which is assumed. */
const withheld = new Set(["authorization", "cookie", "proxy-authorization"]);

/** The caller's headers, and in place of any of these names Cognito's own. */
function forwarded(headers: Headers, own: Readonly<Record<string, string | undefined>>) {
  const callers = [...headers].filter(([name]) => !withheld.has(name) && !Object.hasOwn(own, name));
  const known = Object.entries(own).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return [...callers, ...known];
}

/** The pool that an input names, and its client where that is known. */
function namedIn(pools: Pools, input: JsonInput): { pool?: Pool | undefined; clientId?: string } {
  const clientId = textMember(input, "ClientId");
  if (clientId !== undefined) {
    return { pool: pools.list().find(({ clients }) => clients.has(clientId)), clientId };
  }
  const token = textMember(input, "AccessToken");
  if (token !== undefined) {
    const { iss, client_id: id } = unverifiedClaims(token);
    return { pool: pools.byIssuer(iss), ...(typeof id === "string" && { clientId: id }) };
  }
  const session = textMember(input, "Session");
  return session === undefined ? {} : { pool: poolOfSession(pools, session) };
}
