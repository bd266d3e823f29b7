/** X-Ray: the traces of one local cloud, how they come in, and the service of the endpoint that shows them. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../aws-protocol/service.ts";
import { createXrayApi } from "./api/service.ts";
import { createDaemon } from "./daemon.ts";
import { createFunctionsInTraces, type FunctionSegment } from "./functions-in-traces.ts";
import { createObserve } from "./observed-calls.ts";
import type { Segment } from "./segments.ts";
import { createTraces } from "./traces.ts";

/** What X-Ray is created with. */
export interface XrayOptions extends AwsEnvironment {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether a function's role may write segments. */
  readonly mayTrace: (functionArn: string) => boolean;
}

/** X-Ray, as the local cloud uses it. */
export type Xray = ReturnType<typeof createXray>;

/** Creates an account without traces; the daemon opens with the first traced function. */
export function createXray({ region, now, mayTrace }: XrayOptions) {
  const traces = createTraces(now);
  const functions = createFunctionsInTraces(mayTrace);
  const record = (segment: Segment): void => void traces.record(segment);
  const daemon = createDaemon((segment) => {
    if (functions.mayReport(segment.trace_id)) record(segment);
  });
  const service: AwsService = createXrayApi({ traces, now });

  return {
    traces,
    /** Records a service's own segment. */
    record,
    /** Observes the calls of functions at the endpoint. */
    observe: createObserve({
      region,
      now,
      functions,
      record: (...call) => void traces.record(...call),
    }),
    /** What Lambda records with. */
    tracing: {
      record,
      begin: (segment: FunctionSegment) => functions.begin(segment),
      openDaemon: () => daemon.open(),
      daemonAddress: () => daemon.address(),
    },
    service,
    stop: () => daemon.close(),
  };
}
