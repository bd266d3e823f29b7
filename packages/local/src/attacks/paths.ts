/** Attacks with methods and paths: other forms of a route's own, which must not get around its authorizer. */
import { type Attack, onEachRoute } from "./model/attack.ts";
import { doesNotReach } from "./model/expectations.ts";
import type { RawRequest } from "../http/send.ts";

/** A trick; undefined where it changes nothing. */
interface Trick {
  readonly id: string;
  readonly title: string;
  readonly tries: string;
  readonly change: (request: RawRequest) => RawRequest | undefined;
}

const onPath =
  (change: (path: string) => string): Trick["change"] =>
  (request) => {
    const [path = "", ...query] = request.target.split("?");
    const target = [change(path), ...query].join("?");
    return target === request.target ? undefined : { ...request, target };
  };

const others: Readonly<Record<string, string>> = { GET: "POST", POST: "PUT" };

const tricks: readonly Trick[] = [
  {
    id: "other-method",
    title: "Other method",
    tries: "Calls the route with another method.",
    change: (request) => ({ ...request, method: others[request.method] ?? "GET" }),
  },
  {
    id: "doubled-slash",
    title: "Doubled slash",
    tries: "Begins the path with two slashes.",
    change: onPath((path) => `/${path}`),
  },
  {
    id: "trailing-slash",
    title: "Trailing slash",
    tries: "Ends the path with a slash.",
    change: onPath((path) => `${path}/`),
  },
  {
    id: "upper-case",
    title: "Upper case",
    tries: "Writes the path in upper case.",
    change: onPath((path) => path.toUpperCase()),
  },
  {
    id: "encoded-slash",
    title: "Encoded slash",
    tries: "Writes the slash of the path as %2F.",
    change: onPath((path) => `/${path.slice(1).replaceAll("/", "%2F")}%2F`),
  },
  {
    id: "dot-segments",
    title: "Dot segments",
    tries: "Comes to the route from another path by dot segments.",
    change: onPath((path) => `/public/..${path}`),
  },
  {
    id: "absolute-target",
    title: "Absolute target",
    tries: "Names the route by a whole URL, as to a proxy.",
    change: (request) => ({ ...request, target: `http://127.0.0.1${request.target}` }),
  },
  {
    id: "null-byte",
    title: "Null byte",
    tries: "Ends the path with %00.",
    change: onPath((path) => `${path}%00`),
  },
];

/** The attacks, all without a token. */
export const pathAttacks: readonly Attack[] = tricks.map(({ change, ...attack }) =>
  onEachRoute({
    ...attack,
    tries: `${attack.tries} It has no token.`,
    expects: "No route is found, or its authorizer refuses it; the function is not called.",
    aim({ request, authorizer, functionName }) {
      if (authorizer === undefined) return "it has no authorizer: anybody may call it";
      const changed = change(request);
      if (changed === undefined) return "it is the same path";
      return { request: changed, expectation: doesNotReach(functionName) };
    },
  }),
);
