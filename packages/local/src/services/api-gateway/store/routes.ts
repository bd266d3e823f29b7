/** The routes of a deployed API, and which of them matches a request. */
import { type Method, pathOf, type RestApiDefinition } from "./definition.ts";
import { httpMethods } from "./methods.ts";

interface Segment {
  kind: "literal" | "variable" | "greedy";
  text: string;
}

/** A method with its path. */
export interface Route {
  resourceId: string;
  /** With its variables in braces. */
  resourcePath: string;
  segments: readonly Segment[];
  method: Method;
}

/** The route that matches a request, with the path's variables as sent (not decoded). */
export interface RouteMatch {
  route: Route;
  pathParameters: Readonly<Record<string, string>> | null;
}

const rank = { literal: 0, variable: 1, greedy: 2 } as const;

/** Lists the routes of an API, the most specific first. */
export function compileRoutes(api: RestApiDefinition): Route[] {
  return [...api.methods.values()]
    .map((method) => {
      const resourcePath = pathOf(api, method.resourceId);
      const segments = resourcePath.split("/").filter(Boolean).map(readSegment);
      return { resourceId: method.resourceId, resourcePath, segments, method };
    })
    .toSorted(bySpecificity);
}

/**
 * Finds the route of a request. Literals go before variables, those before greedy ones, a method
 * before ANY. A resource without the method is skipped for a less specific one that has it.
 * Leading and trailing slashes do not count, those within a greedy variable stay, and nothing is
 * decoded (recorded: LocalStack test_proxy_routing_with_hardcoded_resource_sibling,
 * test_routing_with_hardcoded_resource_sibling_order, test_lambda_aws_proxy_integration).
 */
export function matchRoute(
  routes: readonly Route[],
  httpMethod: string,
  path: string,
): RouteMatch | undefined {
  const parts = path.replace(/^\/+/, "").replace(/\/+$/, "").split("/");
  const segments = parts.length === 1 && parts[0] === "" ? [] : parts;
  for (const route of routes) {
    if (!acceptsMethod(route.method, httpMethod)) continue;
    const variables = matchSegments(route.segments, segments);
    if (!variables) continue;
    return { route, pathParameters: variables.size > 0 ? Object.fromEntries(variables) : null };
  }
  return undefined;
}

function readSegment(part: string): Segment {
  if (!part.startsWith("{")) return { kind: "literal", text: part };
  return part.endsWith("+}")
    ? { kind: "greedy", text: part.slice(1, -2) }
    : { kind: "variable", text: part.slice(1, -1) };
}

function bySpecificity(one: Route, other: Route): number {
  for (const [index, segment] of one.segments.entries()) {
    const opposite = other.segments[index];
    if (opposite && rank[segment.kind] !== rank[opposite.kind]) {
      return rank[segment.kind] - rank[opposite.kind];
    }
  }
  return Number(one.method.httpMethod === "ANY") - Number(other.method.httpMethod === "ANY");
}

function acceptsMethod(method: Method, httpMethod: string): boolean {
  return method.httpMethod === "ANY"
    ? httpMethods.has(httpMethod)
    : method.httpMethod === httpMethod;
}

function matchSegments(pattern: readonly Segment[], parts: readonly string[]) {
  const isGreedy = pattern.at(-1)?.kind === "greedy";
  if (isGreedy ? parts.length < pattern.length : parts.length !== pattern.length) return undefined;
  const variables = new Map<string, string>();
  for (const [index, { kind, text }] of pattern.entries()) {
    const part = kind === "greedy" ? parts.slice(index).join("/") : (parts[index] ?? "");
    if (kind === "literal" ? part !== text : part === "") return undefined;
    if (kind !== "literal") variables.set(text, part);
  }
  return variables;
}
