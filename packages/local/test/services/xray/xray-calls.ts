/** X-Ray's client over a cloud with a stopped clock, and documents for it. */
import { PutTraceSegmentsCommand, XRayClient } from "@aws-sdk/client-xray";
import { afterAll, beforeAll } from "vitest";
import { clientConfig } from "../../support/client-config.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

/** The start of every document, in seconds since 1970. */
export const start = 1_800_000_000;

/** A trace's id from a number; its time is `start`, or so many seconds later. */
export const traceId = (number: number, later = 0): string =>
  `1-${(start + later).toString(16)}-${number.toString(16).padStart(24, "0")}`;

/** A segment's id from a number. */
export const segmentId = (number: number): string => number.toString(16).padStart(16, "0");

/** A document that is valid, with what differs. */
export const document = (more: object = {}): string =>
  JSON.stringify({
    id: segmentId(1),
    name: "shop",
    trace_id: traceId(1),
    start_time: start,
    end_time: start + 1.5,
    ...more,
  });

/** A cloud for a file's tests, with a client of the operator or another caller. */
export function setUpXray() {
  let cloud: StartedCloud;
  const clients: XRayClient[] = [];
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await cloud.stop();
  });

  function clientOf(caller?: string): XRayClient {
    const created = new XRayClient({
      ...clientConfig(cloud.url, caller),
      maxAttempts: 1,
    });
    clients.push(created);
    return created;
  }

  return {
    cloud: () => cloud,
    client: clientOf,
    put: async (...TraceSegmentDocuments: string[]) =>
      clientOf().send(new PutTraceSegmentsCommand({ TraceSegmentDocuments })),
  };
}
