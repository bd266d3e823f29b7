/** Authorization of the AppSync endpoint: signed callers, but no web pages. */
import * as z from "zod";
import { credentialScope } from "../../aws-protocol/credential-scope.ts";

/** The subprotocols that a client offers: the protocol's name, and its headers in base64url. */
export const realtimeProtocol = "aws-appsync-event-ws";
const headerPrefix = "header-";

const offeredHeaders = z.object({ Authorization: z.string() });

/**
 * Whether a request is signed for AppSync in the Region. As on the AWS endpoint, the signature
 * itself is not verified; a web page, which always sends its origin, is rejected.
 */
export function isAllowed(headers: Headers, region: string): boolean {
  const scope = credentialScope(headers, new URL("https://127.0.0.1"));
  return !headers.has("origin") && scope?.service === "appsync" && scope.region === region;
}

/** The headers that a WebSocket client has put into the subprotocols; undefined without them. */
export function headersOfProtocols(protocols: ReadonlySet<string>): Headers | undefined {
  const offered = [...protocols].find((protocol) => protocol.startsWith(headerPrefix));
  if (offered === undefined || !protocols.has(realtimeProtocol)) return undefined;
  try {
    const json = Buffer.from(offered.slice(headerPrefix.length), "base64url").toString("utf8");
    return new Headers({ authorization: offeredHeaders.parse(JSON.parse(json)).Authorization });
  } catch {
    return undefined;
  }
}
