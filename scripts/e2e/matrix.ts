/** The guide's end-to-end test as a table: who may call which route. */
import { type RouteRow, routeRows, userPools } from "@secure-lambda/functions/contract";
import { messageOf } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { CommandError } from "../support/command-error.ts";
import { exampleRequest } from "../support/example-request.ts";

/** A deployed API and an ID token of a user of each pool. */
export interface Api {
  /** Its URL with the stage: routes are appended to it. */
  readonly url: string;
  readonly tokens: Readonly<Record<number, string>>;
  /** Sent with every call, for stages that meter by API key. */
  readonly apiKey?: string | undefined;
}

/** A row of the table: what was sent, what must come back, what came back. */
export interface Row {
  readonly request: string;
  readonly expected: string;
  readonly found: string;
  readonly passed: boolean;
}

interface Call {
  readonly route: RouteRow;
  readonly sent: string;
  readonly authorization: string | undefined;
  readonly allowed: boolean;
}

/** Shaped like a token, with no valid signature. */
const madeUp = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.c2lnbmF0dXJl";

const timeoutMs = 30_000;

/**
 * Calls every route without a token, with a made-up token and as each user, one call after the other.
 * @throws CommandError when the first call is not answered: then there is no API to check.
 */
export async function runMatrix(api: Api): Promise<Row[]> {
  const rows: Row[] = [];
  for (const call of routeRows.flatMap((route) => callsOf(route, api))) {
    try {
      rows.push(await perform(api, call));
    } catch (cause) {
      const found = `${messageOf(cause)}${causeOf(cause)}`;
      if (rows.length === 0) {
        throw new CommandError(
          `No API answers at ${api.url} (${found}). Pass the URL of the stage: --url <url>`,
          { cause },
        );
      }
      rows.push({ ...rowOf(call), found, passed: false });
    }
  }
  return rows;
}

function callsOf(route: RouteRow, { tokens }: Api): Call[] {
  const refused = { route, allowed: false };
  return [
    { ...refused, sent: "no token", authorization: undefined },
    { ...refused, sent: "a made-up token", authorization: `Bearer ${madeUp}` },
    ...userPools.flatMap((userPool) => {
      const allowed = userPool === route.userPool;
      const token = tokens[userPool];
      return [
        { route, allowed, sent: `user${userPool}, bare`, authorization: token },
        { route, allowed, sent: `user${userPool}, Bearer`, authorization: `Bearer ${token}` },
      ];
    }),
  ];
}

const rowOf = ({ route, sent, allowed }: Call) => ({
  request: `${route.method} ${route.path} with ${sent}`,
  expected: allowed ? served(route) : "401",
});

/** @throws what `fetch` throws when there is no answer, or none in time. */
async function perform({ url, apiKey }: Api, call: Call): Promise<Row> {
  const { route, authorization } = call;
  const request = exampleRequest(url, route);
  const response = await fetch(request.url, {
    ...request,
    headers: {
      ...request.headers,
      ...(authorization === undefined ? {} : { authorization }),
      ...(apiKey === undefined ? {} : { "x-api-key": apiKey }),
    },
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  const isServed = response.status === 200 && isResponse(await response.text(), route);
  const found = isServed ? served(route) : String(response.status);
  const row = rowOf(call);
  return { ...row, found, passed: found === row.expected };
}

/** What a user who may call a route gets. */
const served = ({ response }: RouteRow) => `200, ${response.model}`;

function isResponse(text: string, { response }: RouteRow): boolean {
  const parsed = jsonText.safeParse(text);
  return parsed.success && response.schema.safeParse(parsed.data).success;
}

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.issues.push({ code: "custom", input: text, message: "must be JSON" });
    return z.NEVER;
  }
});

/** `fetch` says what went wrong only in the cause. */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
}
