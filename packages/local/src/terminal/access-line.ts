/** Reads a line of an API's access log, whose format its app chooses: one of the usual JSON objects. */
import * as z from "zod";

/** The log stream of access logs: a function's line that looks like one is the function's own. */
export const accessLogStream = "access";

/** What a gateway did with one request. */
export interface AccessLine {
  readonly method: string;
  /** The path of the resource that was asked for; `-` when there is none. */
  readonly resource: string;
  readonly status: number;
  /** In milliseconds; undefined when the format leaves it out. */
  readonly latencyMs: number | undefined;
  readonly requestId: string | undefined;
  /** What went wrong, as the fields tell whose names begin with `error`. */
  readonly errors: readonly string[];
}

/** A number stands in quotes where a format has to stay JSON without a value, which is `-`. */
const digits = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);

/** The names of SST's own format, and shorter ones. */
const lineSchema = z.looseObject({
  method: z.string().optional(),
  httpMethod: z.string().optional(),
  resource: z.string().optional(),
  resourcePath: z.string().optional(),
  path: z.string().optional(),
  status: digits,
  latency: digits.optional().catch(undefined),
  responseLatency: digits.optional().catch(undefined),
  requestId: z.string().optional(),
});

/** Takes a line's object apart; undefined for one of anything else, or of an unusual format. */
export function readAccessLine(json: Readonly<Record<string, unknown>>): AccessLine | undefined {
  const { data } = lineSchema.safeParse(json);
  const method = data?.method ?? data?.httpMethod;
  const resource = data?.resource ?? data?.resourcePath ?? data?.path;
  if (data === undefined || method === undefined || resource === undefined) return undefined;
  return {
    method,
    resource,
    status: data.status,
    latencyMs: data.latency ?? data.responseLatency,
    requestId: data.requestId,
    errors: Object.entries(data).flatMap(([name, value]) =>
      name.startsWith("error") && typeof value === "string" && value !== "-" ? [value] : [],
    ),
  };
}
