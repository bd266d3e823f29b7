/** The example of a request to a route: its method, URL, content type and body, from the route's row. */
import { type RouteRow, routeRows } from "@secure-lambda/functions/contract";
import type { RequestExample } from "@secure-lambda/local";

/** A request without credentials. */
export interface ExampleRequest {
  readonly method: RouteRow["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The request at an API's URL, with or without a slash at its end. */
export function exampleRequest(
  apiUrl: string,
  { method, path, request }: RouteRow,
): ExampleRequest {
  const filled = pairsOf(request.param?.example).reduce(
    (part, [name, value]) => part.replace(`{${name}}`, encodeURIComponent(value)),
    path.slice(1),
  );
  const url = new URL(filled, apiUrl.replace(/\/*$/, "/"));
  for (const [name, value] of pairsOf(request.query?.example)) url.searchParams.append(name, value);
  return {
    method,
    url: url.href,
    headers: request.json ? { "Content-Type": "application/json" } : {},
    ...(request.json && { body: JSON.stringify(request.json.example) }),
  };
}

const pairsOf = (example: object = {}) =>
  Object.entries(example).map(([name, value]): [string, string] => [name, String(value)]);

/** The example of every route, as the local cloud takes them. */
export const requestExamples: readonly RequestExample[] = routeRows.map((row) => {
  const { method, url, headers, body } = exampleRequest("http://localhost", row);
  const { pathname, search } = new URL(url);
  const { path } = row;
  return { method, path, target: `${pathname}${search}`, headers: Object.entries(headers), body };
});

/** The request as a command for a shell in which `$TOKEN` is an ID token. */
export function curlLine({ method, url, headers, body }: ExampleRequest): string {
  const shownMethod = method === (body === undefined ? "GET" : "POST") ? [] : ["-X", method];
  const all = { Authorization: "Bearer $TOKEN", ...headers };
  return [
    "curl",
    ...shownMethod,
    quoteUrl(url),
    ...Object.entries(all).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === undefined ? [] : [`-d '${body.replaceAll("'", String.raw`'\''`)}'`]),
  ].join(" ");
}

/** `&` and `;` end a command. */
const quoteUrl = (url: string) => (/^[\w:/.%-]+$/.test(url) ? url : `'${url}'`);
