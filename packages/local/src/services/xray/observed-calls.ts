/**
 * The calls of functions that the AWS endpoint sees, as subsegments of the function in the form that
 * AWS's X-Ray SDK gives them (recorded: aws/aws-xray-sdk-node). On AWS, only a function that
 * instruments its clients reports them. A function that does sends the subsegment's id as the parent,
 * not its own segment's: then nothing is observed.
 */
import type { Observe } from "../../aws-protocol/endpoint.ts";
import type { FunctionsInTraces } from "./functions-in-traces.ts";
import { flagsOf, seconds, type Segment } from "./segments.ts";
import {
  formatTraceHeader,
  newSegmentId,
  parseTraceHeader,
  traceHeaderName,
} from "./trace-header.ts";

/** What calls are observed with. */
interface ObserveOptions {
  readonly region: string;
  readonly now: () => number;
  readonly functions: FunctionsInTraces;
  readonly record: (segment: Segment, isObserved: boolean) => void;
}

/** The names of AWS's SDK clients, by the service's name in a signature. */
const clients: Readonly<Record<string, string>> = {
  "cognito-idp": "CognitoIdentityProvider",
  kms: "KMS",
  lambda: "Lambda",
  logs: "CloudWatchLogs",
  monitoring: "CloudWatch",
  s3: "S3",
  secretsmanager: "SecretsManager",
  sns: "SNS",
  sqs: "SQS",
  ssm: "SSM",
  sts: "STS",
};

/** Operations with another name in AWS's SDK than in IAM. */
const names: Readonly<Record<string, string>> = { InvokeFunction: "Invoke" };

/** Creates what the endpoint calls; a call that is not sampled, or not of a function, is not traced. */
export function createObserve({ region, now, functions, record }: ObserveOptions): Observe {
  return (sent) => {
    const header = sent.get(traceHeaderName);
    if (header === null) return undefined;
    const { root, parent, sampled } = parseTraceHeader(header);
    if (root === undefined || parent === undefined || sampled !== true) return undefined;
    if (functions.traceOf(parent) !== root) return undefined;
    const id = newSegmentId();
    const startedAt = now();
    const headers = new Headers(sent);
    headers.set(traceHeaderName, formatTraceHeader({ root, parent: id, sampled }));
    return {
      headers,
      end({ service, operation, requestId, status }) {
        const name = clients[service];
        if (name === undefined) return;
        const segment = {
          id,
          name,
          start_time: seconds(startedAt),
          trace_id: root,
          end_time: seconds(now()),
          parent_id: parent,
          type: "subsegment",
          namespace: "aws",
          ...flagsOf(status),
          http: { response: { status } },
          aws: {
            retries: retriesOf(sent),
            region,
            operation: names[operation] ?? operation,
            request_id: requestId,
          },
        };
        record(segment, true);
      },
    };
  };
}

/** `attempt=2; max=3` is the first retry. */
function retriesOf(headers: Headers): number {
  const [, attempt = "1"] = /attempt=(\d+)/.exec(headers.get("amz-sdk-request") ?? "") ?? [];
  return Number(attempt) - 1;
}
