/** Each control still there, but made ineffective by something else, and the rule that detects it. */
import { add, edit, editPolicy, editRule, type Mutation, type MutationRow } from "./mutate.ts";

const ROLE = "aws:iam/role:Role";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const GROUP = "AWSManagedRulesCommonRuleSet";
const FIREWALL = "firewall-has-its-rules";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

const narrowed = { byteMatchStatement: { searchString: "/never" } };

/** A condition beside the one that a statement has. */
const alsoIf = (condition: string, further: string) => (policy: string) =>
  policy.replace(condition, `${further},${condition}`);

export const evasions: readonly MutationRow[] = [
  [
    "the throttle, for one method",
    add(SETTINGS, { methodPath: "lambda1/POST", settings: { throttlingRateLimit: -1 } }),
    "stages-throttle",
  ],
  [
    "the throttle, by a rate above the account's",
    edit(SETTINGS, ["settings", "throttlingRateLimit"], 1e9),
    "stages-throttle",
  ],
  [
    "the authorizers, for routes of an imported definition",
    edit("aws:apigateway/restApi:RestApi", ["body"], "{}"),
    "methods-need-a-token",
  ],
  [
    "the firewall, for what an earlier rule allows",
    editRule("RateLimit", (rule) => rule.replace('"block":{}', '"allow":{}')),
    FIREWALL,
  ],
  [
    "a rule group, which only counts",
    editRule(GROUP, (rule) => rule.replace('"none":{}', '"count":{}')),
    FIREWALL,
  ],
  [
    "a rule group, for all but some requests",
    editGroup({ scopeDownStatement: narrowed }),
    FIREWALL,
  ],
  [
    "rules of a group, which are overridden",
    editGroup({ ruleActionOverrides: [{ name: "Log4JRCE_BODY", actionToUse: { count: {} } }] }),
    FIREWALL,
  ],
  [
    "the limit of an address, for all but some requests",
    editRule("RateLimit", (rule) =>
      rule.replace('"limit"', `"scopeDownStatement":${JSON.stringify(narrowed)},"limit"`),
    ),
    FIREWALL,
  ],
  [
    "rules of a group, which are left out",
    editGroup({ excludedRules: [{ name: "SizeRestrictions_BODY" }] }),
    FIREWALL,
  ],
  [
    "a rule group, for that of another vendor",
    editRule(GROUP, (rule) => rule.replace('"vendorName":"AWS"', '"vendorName":"Other"')),
    FIREWALL,
  ],
  [
    "the limit of an address, above what all are admitted",
    editRule("RateLimit", (rule) => rule.replace(/"limit":\d+/, '"limit":2000000000')),
    FIREWALL,
  ],
  [
    "the refusal of compressed bodies, for long names of them",
    editRule("SizeLimits", (rule) => rule.replace('"size":0', '"size":8000')),
    "firewall-inspects-whole-requests",
  ],
  [
    "the firewall's log, by a filter that drops its lines",
    edit("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", ["loggingFilter"], {
      defaultBehavior: "DROP",
    }),
    "firewall-logs-without-tokens",
  ],
  [
    "the limit of an address, which only counts",
    editRule("RateLimit", (rule) => rule.replace('"block":{}', '"count":{}')),
    FIREWALL,
  ],
  [
    "the topic for which SNS acts, which is all but that",
    editPolicy(QUEUE_POLICY, (text) =>
      text.replace('"ArnEquals":{"aws:SourceArn"', '"ArnNotEquals":{"aws:SourceArn"'),
    ),
    "services-act-for-named-resources",
  ],
  [
    "the topic for which SNS acts, where it names one",
    editPolicy(QUEUE_POLICY, (text) =>
      text.replace('"ArnEquals":{"aws:SourceArn"', '"ArnEqualsIfExists":{"aws:SourceArn"'),
    ),
    "services-act-for-named-resources",
  ],
  [
    "the denial of other publishers, for some of them",
    editPolicy(
      TOPIC_POLICY,
      alsoIf('"ArnNotEquals":', '"StringEquals":{"aws:PrincipalAccount":"999999999999"}'),
    ),
    "publishers-are-named",
  ],
  [
    "the topic's subscribers, whom the account may choose",
    editPolicy(TOPIC_POLICY, (text) =>
      text.replace(
        '"Action":"sns:Publish","Resource"',
        '"Action":["sns:Publish","sns:Subscribe"],"Resource"',
      ),
    ),
    "publishers-are-named",
  ],
  [
    "the denial of other senders of dead letters",
    editPolicy(QUEUE_POLICY, (text) => text.replace('"ArnNotEquals":', '"ArnEquals":')),
    "senders-of-dead-letters-are-named",
  ],
  [
    "the log of deliveries, by a role that may not write it",
    edit(ROLE, ["inlinePolicies"], [], "DeliveryLogger"),
    "deliveries-are-logged",
  ],
  [
    "the denial of plain HTTP, for some callers",
    editPolicy(
      TOPIC_POLICY,
      alsoIf('"Bool":', '"StringEquals":{"aws:PrincipalAccount":"999999999999"}'),
    ),
    "encrypted-in-transit",
  ],
  [
    "the denial of plain HTTP, for another resource",
    editPolicy(QUEUE_POLICY, (text) =>
      text.replace(/("Action":"sqs:\*"[^}]*"Resource":")[^"]*/, "$1arn:aws:sqs:::other"),
    ),
    "encrypted-in-transit",
  ],
  ...["policyAttachment:PolicyAttachment", "userPolicyAttachment:UserPolicyAttachment"].map(
    (type) =>
      [
        `the narrow policies of a role, by ${type}`,
        add(`aws:iam/${type}`, { policyArn: ADMINISTRATOR }),
        "no-broad-managed-policies",
      ] as const,
  ),
  [
    "the fixed text of errors, for a header that quotes the request",
    edit(
      "aws:apigateway/response:Response",
      ["responseParameters", "gatewayresponse.header.Location"],
      "method.request.querystring.to",
    ),
    "errors-quote-nothing",
  ],
];

function editGroup(further: object): Mutation {
  return editRule(GROUP, (rule) =>
    rule.replace('"vendorName"', `${JSON.stringify(further).slice(1, -1)},"vendorName"`),
  );
}
