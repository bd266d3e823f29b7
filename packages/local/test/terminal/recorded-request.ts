/** Recorded requests as a test gives them to the terminal. */
import type { RecordedStep, RequestRecord } from "../../src/requests/record.ts";

type Layer = RecordedStep["layer"];

/** A step that passed, unless there is a reason why it did not. */
export const step = (
  layer: Layer,
  name: string,
  reason?: string,
  more: Partial<RecordedStep> = {},
): RecordedStep => ({
  layer,
  name,
  outcome: reason === undefined ? "passed" : "refused",
  reason,
  startMs: 0,
  durationMs: 1,
  ...more,
});

/** A request with these steps behind the gateway's first, responded to after 41 ms, by default with a problem. */
export function recorded(
  status: number,
  steps: readonly RecordedStep[],
  more: Partial<RequestRecord> = {},
): RequestRecord {
  const body = Buffer.from(JSON.stringify({ title: "Not \u001B[2J forwarded", status }));
  const headers = [["Content-Type", "application/problem+json"]] as const;
  return {
    id: "c78f5cfe-5d50-4c3e-aaf9-68a73f4b8f96",
    traceId: "1-0-0",
    startedAt: 0,
    method: "POST",
    target: "/lambda1",
    sourceIp: "127.0.0.1",
    sequence: 1,
    replayOf: undefined,
    request: { headers: [], body: Buffer.alloc(0), bodyBytes: 0 },
    response: { headers, body, bodyBytes: body.byteLength, status, durationMs: 41.4 },
    route: "/lambda1",
    steps: [step("gateway", "local"), ...steps],
    droppedSteps: 0,
    ...more,
  };
}
