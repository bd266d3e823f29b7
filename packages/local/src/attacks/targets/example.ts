/** The example of a request to a route, which attacks alter. */
import type { RequestRecord } from "../../requests/record.ts";

/** A request to a route that is served, once it has a token. */
export interface RequestExample {
  readonly method: string;
  /** Of the route, such as `/orders/{id}`. */
  readonly path: string;
  /** Its path with its variables filled in, and its query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

/** Made for each request, or secret. */
const notOfExample = /^(?:host|connection|content-length|transfer-encoding|x-amzn-trace-id)$/i;

/** The example of a route: a given one, or else the last that was served, or else what can be guessed. */
export function exampleOf(
  { method, path }: Pick<RequestExample, "method" | "path">,
  examples: readonly RequestExample[],
  newestFirst: () => readonly RequestRecord[],
): RequestExample {
  const given = examples.find((one) => one.path === path && accepts(method, one.method));
  if (given !== undefined) return given;
  const served = newestFirst().find(
    ({ route, response, ...record }) =>
      route === path &&
      accepts(method, record.method) &&
      response !== undefined &&
      response.status < 300,
  );
  if (served !== undefined) {
    const { target, request } = served;
    const headers = request.headers.filter(([name]) => !notOfExample.test(name));
    const body = request.bodyBytes === 0 ? undefined : request.body.toString();
    return { method: served.method, path, target: pathInStage(target), headers, body };
  }
  const target = path.replaceAll(/\{[^}]*\}/g, "1");
  return { method: method === "ANY" ? "POST" : method, path, target, headers: [], body: undefined };
}

function accepts(method: string, sent: string): boolean {
  return method === "ANY" || method === sent;
}

function pathInStage(target: string): string {
  return target.replace(/^\/_aws\/execute-api\/[a-z0-9]+\/[^/?]+/, "");
}
