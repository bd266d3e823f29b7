/** Rules about AWS services as principals: each acts for named resources, by keys that it sends. */
import type { Graph, Rule } from "./graph.ts";
import {
  attachedPolicies,
  hasWildcard,
  readStatements,
  type PolicyStatement,
} from "./statements.ts";

/**
 * The condition keys that each service is documented to send; by another, nothing is ever allowed.
 * Of a service that is not listed, the keys are not checked.
 */
const documentedKeys: Readonly<Record<string, readonly string[]>> = {
  /** SNS/sns-access-policy-use-cases */
  "cloudwatch.amazonaws.com": ["aws:SourceArn"],
  /** WAF/logging-cw-logs */
  "delivery.logs.amazonaws.com": ["aws:SourceArn", "aws:SourceAccount"],
  /** SNS/sns-configure-dead-letter-queue; for a key: aws/aws-cdk#20521 */
  "sns.amazonaws.com": ["aws:SourceArn"],
};

/** The log group that CloudWatch Logs encrypts (documented: LOGS/encrypt-log-data-kms). */
export const LOG_GROUP_KEY = "kms:EncryptionContext:aws:logs:arn";

/** The name of CloudWatch Logs has its Region. */
const keysOf = (service: string) =>
  /^logs\.[\w-]+\.amazonaws\.com$/.test(service) ? [LOG_GROUP_KEY] : documentedKeys[service];

/** The operators that are met by a source only; `…IfExists` is met without one, `…Not…` by others. */
const naming = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"];

/** The log delivery of an account has no narrower ARN (documented: WAF/logging-cw-logs). */
export const logDelivery = /^arn:[^*?:]+:logs:[^*?:]+:\d{12}:\*$/;

/** API Gateway names the group after the API, which may be created after the key. */
export const executionLog = /^arn:[^*?]+:log-group:API-Gateway-Execution-Logs_\*\/[^*?]+$/;

/**
 * A statement for a service names the resources for which it acts. A pattern is none: one for the
 * stage `prod` matches the stage `prod-eu` as well.
 */
const servicesActForNamedResources: Rule<"services-act-for-named-resources"> = {
  name: "services-act-for-named-resources",
  check: (graph) =>
    attachedPolicies(graph).flatMap(({ resource, policy }) =>
      (readStatements(policy) ?? [])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap((statement) =>
          servicesOf(statement).flatMap((service) => findingsOf(statement, service)),
        )
        .map((message) => ({ resource: resource.name, message })),
    ),
};

/** The services that a statement is for. */
export const servicesOf = ({ Principal }: PolicyStatement): readonly string[] =>
  typeof Principal === "object" ? (Principal["Service"] ?? []) : [];

/** The services that policies of a graph let act, and whose condition keys are not in the list. */
export const servicesWithUnknownKeys = (graph: Graph) =>
  attachedPolicies(graph).flatMap(({ resource, policy }) =>
    (readStatements(policy) ?? [])
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(servicesOf)
      .filter((service) => keysOf(service) === undefined)
      .map((service) => ({ service, resource: resource.name })),
  );

function findingsOf({ Condition }: PolicyStatement, service: string): string[] {
  const conditions = Object.values(Condition).flatMap((keys) => Object.entries(keys));
  const sources = naming.flatMap((operator) =>
    ["aws:SourceArn", LOG_GROUP_KEY].flatMap((key) => Condition[operator]?.[key] ?? []),
  );
  return [
    ...(sources.length === 0 ? [`lets ${service} act for any resource (aws:SourceArn)`] : []),
    ...sources
      .filter((arn) => hasWildcard(arn) && !logDelivery.test(arn) && !executionLog.test(arn))
      .map((arn) => `lets ${service} act for every resource that matches ${arn}`),
    ...conditions
      .filter(([key]) => !(keysOf(service)?.includes(key) ?? true))
      .map(([key]) => `allows nothing: no source says that ${service} sends ${key}`),
  ];
}

/** Every rule about services. */
export const serviceRules = [servicesActForNamedResources];
