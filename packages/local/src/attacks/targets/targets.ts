/** What attacks are aimed at: what is deployed, and how it is reached. */
import { setTimeout as delay } from "node:timers/promises";
import type { LocalServices } from "../../local-services.ts";
import type { RawRequest } from "../../http/send.ts";
import { answeredBy, type RequestRecord } from "../../requests/record.ts";
import { sendRecorded } from "../../requests/send-recorded.ts";
import { createAwsCalls } from "./aws-calls.ts";
import { createCallers } from "./callers.ts";
import type { RequestExample } from "./example.ts";
import { hasEnded, recordWhen } from "./record-when.ts";
import { readRoutes } from "./routes.ts";

/** What they are read from. */
export interface TargetsOptions extends Pick<
  LocalServices,
  | "apis"
  | "cognito"
  | "endpoint"
  | "environment"
  | "lambda"
  | "requests"
  | "roles"
  | "topics"
  | "waf"
> {
  /** The address of the API. */
  readonly apiUrl: () => string;
  readonly examples: readonly RequestExample[];
  /** How long a message may take to become a dead letter. */
  readonly deadLetterMs: number;
}

/** The targets. */
export type Targets = ReturnType<typeof createTargets>;

/** How often a request is sent again that the throttle refused, which is no outcome on what it tries. */
const MOST_RETRIES = 5;

/** The longest wait for the throttle's next token. */
const MOST_WAIT_MS = 2000;

/** Reads the targets; what is deployed later is among them. */
export function createTargets(options: TargetsOptions) {
  const { apis, requests, examples, apiUrl, deadLetterMs, cognito } = options;
  const { lambda, roles, topics, waf } = options;
  const { now } = cognito.context;

  /** Sends it once, and resolves to its record when it was answered. */
  async function sendOnce(request: RawRequest): Promise<RequestRecord> {
    const { id } = await sendRecorded(apiUrl(), request);
    return recordWhen(requests, id, hasEnded);
  }

  async function send(request: RawRequest): Promise<RequestRecord> {
    for (let retries = 0; ; retries += 1) {
      const record = await sendOnce(request);
      const waitMs = msUntilNextToken(record);
      if (waitMs === undefined || retries === MOST_RETRIES) return record;
      await delay(waitMs);
    }
  }

  return {
    lambda,
    roles,
    topics,
    waf,
    requests,
    now,
    deadLetterMs,
    callers: createCallers(cognito.context),
    routes: () => readRoutes(apis, examples, requests.newestFirst),
    /** Sends it, again where the throttle refuses it. */
    send,
    sendOnce,
    callAws: createAwsCalls({ ...options, now }),
  };
}

/** By the numbers of the throttle that refused a request. */
function msUntilNextToken(record: RequestRecord): number | undefined {
  const layer = answeredBy(record);
  if (layer !== "throttle" && layer !== "usage-plan") return undefined;
  const rate = record.steps.find((step) => step.layer === layer && step.outcome === "refused")
    ?.facts?.["rate"];
  return typeof rate === "number" && rate > 0 ? Math.min(1000 / rate, MOST_WAIT_MS) : undefined;
}
