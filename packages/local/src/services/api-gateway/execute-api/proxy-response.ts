/** Reads the response of a Lambda proxy integration from what the function returned. */
import * as z from "zod";
import { isBinary } from "./binary-media-types.ts";
import { GatewayError } from "./gateway-error.ts";

const headerValue = z.union([z.string(), z.boolean(), z.number()]).transform(String);

/** Recorded: LocalStack test_aws_proxy_response_payload_format_validation, test_lambda_aws_proxy_response_format. */
const proxyResponse = z.strictObject({
  statusCode: z
    .union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
    .refine((status) => status >= 200 && status <= 599)
    .optional(),
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

type ProxyResponse = z.output<typeof proxyResponse>;

/**
 * Returned as `x-amzn-Remapped-…` (documented as "may be remapped": APIGW/api-gateway-known-issues;
 * reported for a proxy's WWW-Authenticate: dherault/serverless-offline#236).
 */
const remappedHeaders = new Set([
  "authorization",
  "connection",
  "content-length",
  "date",
  "server",
  "www-authenticate",
]);

/** Hop-by-hop headers (assumed to be dropped). */
const droppedHeaders = new Set([
  "keep-alive",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Statuses without a body in HTTP. */
const bodiless = new Set([204, 205, 304]);

/** How a function's response is read. */
interface ResponseOptions {
  /** The request's Accept header; its first type decides whether base64 is decoded. */
  accept: string | undefined;
  binaryMediaTypes: readonly string[];
}

/**
 * Reads a function's response.
 * @throws GatewayError malformedResponse, or apiConfiguration for a binary body that is not base64.
 */
export function readProxyResponse(payload: string, options: ResponseOptions): Response {
  const response = parseResponse(payload);
  const status = response.statusCode ?? 200;
  const body = bodyOf(response, options);
  return new Response(bodiless.has(status) ? null : body, { status, headers: headersOf(response) });
}

function parseResponse(payload: string): ProxyResponse {
  try {
    return proxyResponse.parse(JSON.parse(payload));
  } catch (cause) {
    throw new GatewayError("malformedResponse", { cause });
  }
}

/** For a name in both maps the list comes first, then the single value (recorded by the same test). */
function headersOf({ headers, multiValueHeaders }: ProxyResponse): Headers {
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
    throw new GatewayError("malformedResponse", { cause });
  }
  if (!merged.has("content-type")) merged.set("content-type", "application/json");
  return merged;
}

function bodyOf({ body, isBase64Encoded }: ProxyResponse, options: ResponseOptions) {
  const [accepted] = (options.accept ?? "").split(",", 1);
  if (!body || !isBase64Encoded || !isBinary(accepted, options.binaryMediaTypes)) return body ?? "";
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) throw new GatewayError("apiConfiguration");
  return Buffer.from(body, "base64");
}
