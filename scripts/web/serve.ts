/** Serves a folder's page with its config.json, and lets it reach nothing but its stage. */
import fs from "node:fs/promises";
import path from "node:path";
import type { Config } from "../../examples/web/config.js";

/** The files that are the page, by their extension. */
const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

/** Handles the requests of a browser. Files are read at each request, so that a reload shows edits. */
export function servePage(
  folder: string,
  config: Config,
): (request: Pick<Request, "method" | "url">) => Promise<Response> {
  const headers = pageHeaders(config);
  const refuse = (status: number, message: string, more: Record<string, string> = {}) =>
    new Response(`${message}\n`, { status, headers: { ...headers, ...more } });

  return async ({ method, url }) => {
    const { hostname, pathname, port, search } = new URL(url);
    if (method !== "GET" && method !== "HEAD") {
      return refuse(405, "This is a page: GET it.", { Allow: "GET, HEAD" });
    }
    // To a browser it is another origin, which the stage does not name.
    if (hostname !== "localhost") {
      const there = { Location: `http://localhost:${port}${pathname}${search}` };
      return refuse(307, "The page is at localhost.", there);
    }
    if (pathname === "/config.json") return Response.json(config, { headers });
    const name = pathname === "/" ? "index.html" : pathname.slice(1);
    const contentType = contentTypes[path.extname(name)];
    // Only what stands directly in the folder, by its exact name, which leads nowhere else.
    if (contentType === undefined || !(await fs.readdir(folder)).includes(name)) {
      return refuse(404, "There is no such file.");
    }
    const content = await fs.readFile(path.join(folder, name), "utf8");
    return new Response(content, { headers: { ...headers, "Content-Type": contentType } });
  };
}

/** What a host of the page should send with each file. */
function pageHeaders({ apiUrl, pools }: Config): Record<string, string> {
  const called = [apiUrl, ...pools.map(({ loginUrl }) => loginUrl)];
  const origins = new Set(called.map((url) => new URL(url).origin));
  return {
    "Cache-Control": "no-store",
    "Content-Security-Policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      // Itself for config.json.
      `connect-src 'self' ${[...origins].join(" ")}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}
