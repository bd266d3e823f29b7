/** The endpoints that clients call directly, and their CORS headers for pages. */
import { Hono } from "hono";
import { allowPage, pageOf, preflightResponse } from "../../../aws-protocol/web-pages.ts";
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

type Answer = (pool: Pool, request: Request) => Promise<Response>;

/** The endpoints below `/DOMAIN/oauth2`. */
export function createEndpoints({ context, codes, poolOf, webOrigins }: EndpointsOptions): Hono {
  const serve =
    (method: string, answer: Answer) =>
    async (request: Request, domain: string): Promise<Response> => {
      const page = pageOf(request.headers, webOrigins);
      if (page?.isAllowed === false) {
        const message =
          "Pages may call this only from the origin that a deployed API allows by CORS.";
        return new Response(`${message}\n`, { status: 403 });
      }
      const response = await respond(request, domain, method, answer);
      if (page !== undefined) allowPage(page, response);
      return response;
    };

  async function respond(
    request: Request,
    domain: string,
    method: string,
    answer: Answer,
  ): Promise<Response> {
    const pool = poolOf(domain);
    if (pool === undefined) return Response.json({ error: "not_found" }, { status: 404 });
    if (request.method === "OPTIONS") {
      return preflightResponse(request.headers, { status: 204, method, maxAge: 7200 });
    }
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
