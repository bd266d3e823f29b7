/** The segment that a stage with tracing records of a request (recorded: awslabs/aws-iatk; documented: APIGW/apigateway-understanding-xray-traces). */
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { flagsOf, seconds, type Segment, type Subsegment } from "../../xray/segments.ts";
import { executionHost } from "../store/arns.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import type { InvocationContext, TracedIntegration } from "./invocation-context.ts";
import type { ResolvedStage } from "./resolve-stage.ts";

interface ServedRequest {
  readonly environment: AwsEnvironment;
  readonly request: IncomingRequest;
  readonly resolved: ResolvedStage;
  readonly context: InvocationContext;
  readonly status: number;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

/** The segment of a request; undefined where none is recorded. */
export function stageSegment(served: ServedRequest): Segment | undefined {
  const { context, environment, request, resolved, status, endedAt } = served;
  const { trace, requestId } = context;
  const { stage, contextPath } = resolved;
  const { restApiId, stageName } = stage;
  if (trace.segmentId === undefined) return undefined;
  const query = request.rawQuery === "" ? "" : `?${request.rawQuery}`;
  return {
    id: trace.segmentId,
    name: `${stage.api.name}/${stageName}`,
    start_time: seconds(context.startedAt),
    trace_id: trace.request.root,
    end_time: seconds(endedAt),
    ...(trace.request.parent !== undefined && { parent_id: trace.request.parent }),
    ...flagsOf(status),
    http: {
      request: {
        url: `https://${executionHost(environment, restApiId)}${contextPath}${query}`,
        method: request.method,
        user_agent: request.header("user-agent"),
        client_ip: request.sourceIp,
        x_forwarded_for: true,
      },
      response: { status, content_length: 0 },
    },
    aws: {
      api_gateway: {
        account_id: environment.account,
        rest_api_id: restApiId,
        stage: stageName,
        request_id: requestId,
      },
    },
    annotations: { "aws:api_id": restApiId, "aws:api_stage": stageName },
    metadata: {
      default: { extended_request_id: context.extendedRequestId, request_id: requestId },
    },
    origin: "AWS::ApiGateway::Stage",
    resource_arn: stage.arn,
    ...(trace.integration && {
      subsegments: [integrationSubsegment(trace.integration, environment)],
    }),
  };
}

function integrationSubsegment(
  { id, functionArn, startedAt, endedAt, status }: TracedIntegration,
  { region }: AwsEnvironment,
): Subsegment {
  const name = functionArn.split(":")[6] ?? "";
  return {
    id,
    name: "Lambda",
    start_time: seconds(startedAt),
    end_time: seconds(endedAt),
    ...(status === undefined && { fault: true }),
    http: {
      request: {
        url: `https://lambda.${region}.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`,
        method: "POST",
      },
      ...(status !== undefined && { response: { status } }),
    },
    aws: { function_name: name, region, operation: "Invoke", resource_names: [name] },
    namespace: "aws",
  };
}
