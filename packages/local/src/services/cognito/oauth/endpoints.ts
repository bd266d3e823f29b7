/** The endpoints that clients call by themselves, and what browsers let pages read of them (CORS). */
import { Hono } from "hono";
import type { Context } from "../context.ts";
import type { Pool } from "../model.ts";
import type { AuthorizationCodes } from "./authorization-codes.ts";
import { notStored, oauthErrorResponse } from "./oauth-error.ts";
import { answerRevocation } from "./revocation-endpoint.ts";
import { answerTokenRequest } from "./token-endpoint.ts";
import { answerUserInfo } from "./user-info-endpoint.ts";

/** What the endpoints are created with. */
export interface EndpointsOptions {
  context: Context;
  codes: AuthorizationCodes;
  /** The pool of a domain; undefined where there is none. */
  poolOf: (domain: string) => Pool | undefined;
  /** The origins whose pages may call; AWS lets every page. */
  webOrigins: () => ReadonlySet<string>;
}

/** The endpoints below `/DOMAIN/oauth2`. */
export function createEndpoints({ context, codes, poolOf, webOrigins }: EndpointsOptions): Hono {
  const serve =
    (method: string, answer: (pool: Pool, request: Request) => Promise<Response>) =>
    async (request: Request, domain: string): Promise<Response> => {
      const origin = request.headers.get("origin");
      if (origin !== null && !webOrigins().has(origin)) {
        const message =
          "Pages may call this only from the origin that a deployed API allows by CORS.";
        return new Response(`${message}\n`, { status: 403 });
      }
      const response = await respond(request, domain, method, answer);
      if (origin !== null) {
        response.headers.set("access-control-allow-origin", origin);
        response.headers.append("vary", "Origin");
      }
      return response;
    };

  async function respond(
    request: Request,
    domain: string,
    method: string,
    answer: (pool: Pool, request: Request) => Promise<Response>,
  ): Promise<Response> {
    const pool = poolOf(domain);
    if (pool === undefined) return Response.json({ error: "not_found" }, { status: 404 });
    if (request.method === "OPTIONS") return preflight(request, method);
    if (request.method !== method) {
      const headers = { ...notStored, allow: method };
      return Response.json({ error: "invalid_request" }, { status: 405, headers });
    }
    return answer(pool, request).catch(oauthErrorResponse);
  }

  const token = serve("POST", (pool, request) => answerTokenRequest(context, codes, pool, request));
  const revoke = serve("POST", (pool, request) => answerRevocation(context, pool, request));
  const userInfo = serve("GET", (pool, request) => answerUserInfo(context, pool, request));
  return new Hono()
    .all("/:domain/oauth2/token", (c) => token(c.req.raw, c.req.param("domain")))
    .all("/:domain/oauth2/revoke", (c) => revoke(c.req.raw, c.req.param("domain")))
    .all("/:domain/oauth2/userInfo", (c) => userInfo(c.req.raw, c.req.param("domain")));
}

function preflight(request: Request, method: string): Response {
  const asked = request.headers.get("access-control-request-headers");
  const headers = { "access-control-allow-methods": method, "access-control-max-age": "7200" };
  const response = new Response(null, { status: 204, headers });
  if (asked !== null) response.headers.set("access-control-allow-headers", asked);
  return response;
}
