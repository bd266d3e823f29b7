/** Turns what a function returned into the response, or refuses it as malformed. */
import * as z from "zod";
import { isBinary } from "./binary-media-types.ts";
import { GatewayError } from "./errors.ts";

const headerValue = z.union([z.string(), z.boolean(), z.number()]).transform(String);

/** Recorded: LS test_aws_proxy_response_payload_format_validation, test_lambda_aws_proxy_response_format. */
const proxyReply = z.strictObject({
  statusCode: z
    .union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
    .refine((status) => status >= 200 && status <= 599)
    .optional(),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

type ProxyReply = z.output<typeof proxyReply>;

/**
 * Come back as `x-amzn-Remapped-…` (documented as "may be remapped": GW/api-gateway-known-issues;
 * seen for a proxy's WWW-Authenticate: dherault/serverless-offline#236).
 */
const remappedHeaders = new Set([
  "authorization",
  "connection",
  "content-length",
  "date",
  "server",
  "www-authenticate",
]);

/** Belong to a connection, not to a reply (assumed to be dropped). */
const droppedHeaders = new Set([
  "keep-alive",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Statuses that have no body in HTTP. */
const bodiless = new Set([204, 205, 304]);

/** How the reply is to be read. */
interface ReplyOptions {
  /** The request's Accept header: its first type decides whether base64 is decoded. */
  accept: string | undefined;
  binaryMediaTypes: readonly string[];
}

/**
 * Reads a function's reply.
 * @throws GatewayError malformedReply, or apiConfiguration for a binary body that is no base64.
 */
export function readProxyReply(payload: string, options: ReplyOptions): Response {
  const reply = parseReply(payload);
  const status = reply.statusCode ?? 200;
  const body = bodyOf(reply, options);
  return new Response(bodiless.has(status) ? null : body, { status, headers: headersOf(reply) });
}

function parseReply(payload: string): ProxyReply {
  try {
    return proxyReply.parse(JSON.parse(payload));
  } catch (cause) {
    throw new GatewayError("malformedReply", { cause });
  }
}

/** Of a name in both maps the list comes first, then the single value (recorded by the same test). */
function headersOf({ headers, multiValueHeaders }: ProxyReply): Headers {
  const merged = new Headers();
  const lists = Object.entries(multiValueHeaders ?? {});
  const singles = Object.entries(headers ?? {}).map(([name, value]) => [name, [value]] as const);
  try {
    for (const [name, values] of [...lists, ...singles]) {
      const lower = name.toLowerCase();
      if (droppedHeaders.has(lower)) continue;
      const target = remappedHeaders.has(lower) ? `x-amzn-Remapped-${name}` : name;
      for (const value of values) merged.append(target, value);
    }
  } catch (cause) {
    throw new GatewayError("malformedReply", { cause });
  }
  if (!merged.has("content-type")) merged.set("content-type", "application/json");
  return merged;
}

function bodyOf({ body, isBase64Encoded }: ProxyReply, options: ReplyOptions) {
  const [accepted] = (options.accept ?? "").split(",", 1);
  if (!body || !isBase64Encoded || !isBinary(accepted, options.binaryMediaTypes)) return body ?? "";
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) throw new GatewayError("apiConfiguration");
  return Buffer.from(body, "base64");
}
