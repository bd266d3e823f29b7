/** Serves the routes of the console's API: JSON, for this origin and who has the session's token. */
import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { readBounded } from "../http/read-bounded.ts";
import { escapeInJson } from "../text/escape.ts";
import { ApiProblem } from "./problem.ts";
import { describeApi } from "./openapi.ts";
import type { Route } from "./route.ts";

/** The header that each call has, but for the session and the description. */
export const tokenHeader = "x-local-cloud-token";

const mostBytes = 1024 * 1024;

/** What the API is created with. */
export interface ApiOptions {
  readonly routes: readonly Route[];
  /** The path below which it is served, for its description. */
  readonly path: string;
  readonly token: string;
  /** Receives faults of the local cloud itself. */
  readonly onError: (error: unknown) => void;
}

/** Creates the API. */
export function createConsoleApi({ routes, path, token, onError }: ApiOptions): Hono {
  const app = new Hono();
  app.onError((error) => {
    if (error instanceof ApiProblem) return problem(error);
    onError(error);
    return problem(new ApiProblem(500, "The local cloud failed; see its terminal."));
  });
  app.notFound(() => problem(new ApiProblem(404, "There is no such path; see /openapi.json.")));
  app.use(async (call, next) => {
    checkOrigin(call.req.raw);
    await next();
    // No other page may read, frame or keep what is in here.
    call.header("cache-control", "no-store");
    call.header("cross-origin-resource-policy", "same-origin");
    call.header("x-content-type-options", "nosniff");
  });
  app.get("/session", () => json({ header: tokenHeader, token }));
  app.get("/openapi.json", () => json(describeApi(routes, path, tokenHeader)));
  app.use(async (call, next) => {
    if (!isToken(call.req.header(tokenHeader) ?? "", token)) {
      const detail = `Send the token of GET ${path}/session in ${tokenHeader}.`;
      throw new ApiProblem(401, detail);
    }
    await next();
  });
  for (const route of routes) {
    const { method, path: template, status = 200, isStream = false } = route;
    app.on(method.toUpperCase(), template.replaceAll(/\{(\w+)\}/g, ":$1"), async (call) => {
      const body = await readJson(call.req.raw);
      const input = { params: call.req.param(), query: call.req.query(), body };
      const result = await route.call(input);
      if (isStream && result instanceof ReadableStream) {
        const headers = { "content-type": "text/event-stream" };
        return new Response(result.pipeThrough(new TextEncoderStream()), { headers });
      }
      return status === 204 ? new Response(null, { status }) : json(result, status);
    });
  }
  return app;
}

/**
 * Browsers send Origin with what is no plain GET, and Sec-Fetch-Site with everything: a page of another
 * origin, of this machine or not, reaches nothing. Host is checked by the listener.
 */
function checkOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const own = `http://${request.headers.get("host")}`;
  const isOther = origin !== null && origin !== own;
  if (isOther || (site !== null && site !== "same-origin" && site !== "none")) {
    throw new ApiProblem(403, "Pages of another origin may not call the local cloud.");
  }
}

function isToken(sent: string, token: string): boolean {
  const [one, other] = [Buffer.from(sent), Buffer.from(token)];
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}

async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBounded(request, mostBytes);
  if (bytes === undefined) throw new ApiProblem(413, `A body has at most ${mostBytes} bytes.`);
  if (bytes.byteLength === 0) return undefined;
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";", 1);
  if (type.trim().toLowerCase() !== "application/json") {
    throw new ApiProblem(415, "Send the body as application/json.");
  }
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new ApiProblem(400, "The body is no JSON.");
  }
}

function json(value: unknown, status = 200, type = "application/json"): Response {
  const text = escapeInJson(JSON.stringify(value));
  return new Response(text, { status, headers: { "content-type": type } });
}

const problem = (error: ApiProblem) => json(error.body(), error.status, "application/problem+json");
