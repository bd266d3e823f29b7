/** A request handler for the SNS client that responds by itself: nothing leaves the process. */
import { Readable } from "node:stream";

/** Where a client sends a request. */
export interface Destination {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
}

const published =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
  "<MessageId>00000000-0000-0000-0000-000000000000</MessageId></PublishResult>" +
  "<ResponseMetadata><RequestId>synthetic</RequestId></ResponseMetadata></PublishResponse>";

/**
 * Creates a handler that responds to each request as SNS does to `Publish`. `destination` is where the
 * last one would have gone: the client's own choice of endpoint.
 */
export function createStubRequestHandler() {
  let destination: Destination | undefined;
  return {
    destination: () => destination,
    requestHandler: {
      handle: async ({ protocol, hostname, port }: Destination) => {
        destination = { protocol, hostname, port };
        const body = Readable.from([Buffer.from(published)]);
        return { response: { statusCode: 200, headers: { "content-type": "text/xml" }, body } };
      },
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  };
}
