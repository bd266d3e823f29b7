/** SNS: a service of the endpoint in the query protocol, and its topics. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { formOf, operationOfForm, queryResponse } from "../../aws-protocol/query-protocol.ts";
import { structureOf, treeOf } from "../../aws-protocol/query-structure.ts";
import type { AwsCall, AwsService } from "../../aws-protocol/service.ts";
import { principalOf, type Callers } from "../iam/principal.ts";
import { xmlOf } from "../../aws-protocol/xml.ts";
import { traceHeaderName } from "../xray/trace-header.ts";
import { publishOperations } from "./api/publish.ts";
import { subscriptionOperations } from "./api/subscription-operations.ts";
import { topicOperations } from "./api/topic-operations.ts";
import type { Topics } from "./topics.ts";

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

/**
 * The parameter that names what an operation acts on. The other operations name no topic, and are
 * authorized for all of them (assumed).
 */
const named = new Map([
  ["DeleteTopic", "TopicArn"],
  ["GetTopicAttributes", "TopicArn"],
  ["SetTopicAttributes", "TopicArn"],
  ["Subscribe", "TopicArn"],
  ["ConfirmSubscription", "TopicArn"],
  ["ListSubscriptionsByTopic", "TopicArn"],
  ["Publish", "TopicArn"],
  ["PublishBatch", "TopicArn"],
  ["TagResource", "ResourceArn"],
  ["UntagResource", "ResourceArn"],
  ["ListTagsForResource", "ResourceArn"],
]);

/** SNS over `topics`. */
export function createSns(topics: Topics, environment: AwsEnvironment & Callers): AwsService {
  const { region, account } = environment;
  const operations = new Map(
    Object.entries({
      ...topicOperations(topics, environment),
      ...subscriptionOperations(topics, environment),
      ...publishOperations(topics),
    }),
  );

  function resourceOf({ request, operation }: Pick<AwsCall, "request" | "operation">) {
    const form = formOf(request);
    if (operation !== "CreateTopic") return form.get(named.get(operation) ?? "");
    return `arn:aws:sns:${region}:${account}:${form.get("Name") ?? ""}`;
  }

  async function handle({ operation, request, caller }: AwsCall): Promise<Response> {
    const run = operations.get(operation);
    if (run === undefined) throw new Error(`No operation ${operation}`);
    const form = new Map(formOf(request));
    form.delete("Action");
    form.delete("Version");
    const output = run(structureOf(treeOf(form)), {
      caller: principalOf(caller, environment),
      traceHeader: request.headers.get(traceHeaderName) ?? undefined,
    });
    return queryResponse(operation, output && xmlOf(output), namespace);
  }

  return {
    protocol: "query",
    operations: [...operations.keys()],
    operationOf: operationOfForm,
    resourceOf,
    handle,
  };
}
