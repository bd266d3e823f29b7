/** Parses lines of an API's access log in the usual JSON formats; the app chooses the format. */
import * as z from "zod";

/** One request in an access log. */
export interface AccessLine {
  readonly method: string;
  /** The path of the requested resource; `-` when there is none. */
  readonly resource: string;
  readonly status: number;
  /** In milliseconds; undefined when the format leaves it out. */
  readonly latencyMs: number | undefined;
  readonly requestId: string | undefined;
  /** The values of the fields whose names begin with `error`; undefined when the format has none. */
  readonly errors: readonly string[] | undefined;
}

/** Formats quote numbers to stay valid JSON without a value, which is `-`. */
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

/** Parses the object of a line; undefined for other objects and unknown formats. */
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
    errors: errorsIn(data),
  };
}

function errorsIn(data: Readonly<Record<string, unknown>>): string[] | undefined {
  const fields = Object.entries(data).filter(([name]) => name.startsWith("error"));
  if (fields.length === 0) return undefined;
  return fields.flatMap(([, value]) => (typeof value === "string" && value !== "-" ? [value] : []));
}
