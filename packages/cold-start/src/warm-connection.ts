/** Opens a connection to SNS during init, so that the first request finds TLS set up. */
import { finished } from "node:stream/promises";
import type { SNSClient } from "@aws-sdk/client-sns";
import { HttpRequest } from "@smithy/core/transport";
import type { Destination } from "./priming/stub-request-handler.ts";

/**
 * Sends one unsigned request over the client's own request handler, whose agent keeps the connection
 * alive; the response does not matter. Does nothing where there is no TLS.
 */
export async function warmConnection(
  { config }: SNSClient,
  destination: Destination | undefined,
): Promise<void> {
  if (destination?.protocol !== "https:") return;
  const { protocol, hostname, port } = destination;
  const request = new HttpRequest({ protocol, hostname, ...(port !== undefined && { port }) });
  const { response } = await config.requestHandler.handle(request);
  await finished(response.body.resume());
}
