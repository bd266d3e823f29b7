/** The record of one request, with its steps through the layers. */
import type { Message } from "./message.ts";
import { gatewayLayers, type Layer, type Step } from "./step.ts";

/** A step of a recorded request; times in milliseconds. */
export interface RecordedStep extends Omit<Step, "startedAt"> {
  /** After the request's own start. */
  readonly startMs: number;
  readonly durationMs: number;
}

/** A response, and how long after the request's start it was there. */
export interface RecordedResponse extends Message {
  readonly status: number;
  readonly durationMs: number;
}

/** What is known of a request at its start. */
export interface RequestHead {
  /** API Gateway's request id, which is the correlation id. */
  readonly id: string;
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly method: string;
  /** As sent, with its query. */
  readonly target: string;
  readonly sourceIp: string;
}

/** A recorded request; what comes after its response, such as a topic's subscribers, is added to its steps. */
export interface RequestRecord extends RequestHead {
  /** Grows by one with each request. */
  readonly sequence: number;
  /** The id of the request of which this one is a replay. */
  readonly replayOf: string | undefined;
  readonly request: Message;
  /** Undefined while it is served. */
  readonly response: RecordedResponse | undefined;
  /** The path of its resource, such as `/orders/{id}`; undefined where none was found. */
  readonly route: string | undefined;
  /** In the order of their ends. */
  readonly steps: readonly RecordedStep[];
  /** How many more there were. */
  readonly droppedSteps: number;
}

const ofGateway: ReadonlySet<Layer> = new Set(gatewayLayers);

/**
 * The layer that responded: the one that stopped the request, or else what it was for. A call of AWS that
 * is recorded by itself has come through no gateway.
 */
export function answeredBy({ steps }: Pick<RequestRecord, "steps">): Layer {
  if (!steps.some(({ layer }) => layer === "gateway")) return "aws-call";
  const stopped = steps.find(({ layer, outcome }) => ofGateway.has(layer) && outcome !== "passed");
  if (stopped !== undefined) return stopped.layer;
  return steps.some(({ layer }) => layer === "function") ? "function" : "integration";
}
