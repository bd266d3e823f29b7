/** Lines of AWS WAF's log (WAF/logging-fields, WAF/logging-examples). */
import type { Source } from "../checks.ts";
import type { GroupRuleMatch } from "../managed/evaluate.ts";
import type { RequestView } from "../inspection/request.ts";
import {
  defaultActionName,
  labelsOf,
  type RuleMatch,
  terminatingRule,
  type Decision,
} from "../evaluation/decision.ts";
import type { HttpRequestRecord } from "./http-request.ts";

interface RecordArgs {
  /** In ms since 1970. */
  readonly time: number;
  readonly webAclArn: string;
  readonly source: Source;
  readonly decision: Decision;
  readonly view: RequestView;
  readonly httpRequest: HttpRequestRecord;
}

/** Renders the log line of a request to a protected resource. */
export function renderRecord(args: RecordArgs): string {
  const { time, webAclArn, source, decision, view, httpRequest } = args;
  const terminating = terminatingRule(decision);
  return JSON.stringify({
    timestamp: time,
    formatVersion: 1,
    webaclId: webAclArn,
    terminatingRuleId: terminating?.rule ?? defaultActionName,
    terminatingRuleType: terminating?.type ?? "REGULAR",
    action: decision.action.toUpperCase(),
    terminatingRuleMatchDetails: [],
    httpSourceName: source.name,
    httpSourceId: source.id,
    ruleGroupList: decision.matched.flatMap(({ group }) => (group ? [ruleGroup(group)] : [])),
    rateBasedRuleList: decision.matched.flatMap((match) =>
      rateBasedRule(match, webAclArn, httpRequest),
    ),
    nonTerminatingMatchingRules: decision.matched
      .filter((match) => match.action === "count")
      .map(({ rule }) => ({ ruleId: rule, action: "COUNT", ruleMatchDetails: [] })),
    requestHeadersInserted: null,
    responseCodeSent: decision.response?.status ?? null,
    httpRequest,
    labels: labelsOf(decision).map((name) => ({ name })),
    requestBodySize: view.bodySize,
    requestBodySizeInspectedByWAF: view.body.length,
    ...(view.oversizeFields.size > 0 ? { oversizeFields: [...view.oversizeFields] } : {}),
  });
}

function ruleGroup({ name, matched }: NonNullable<RuleMatch["group"]>) {
  const terminating = matched.find(({ action }) => action !== "count");
  return {
    ruleGroupId: `AWS#${name}`,
    terminatingRule: terminating ? groupRule(terminating) : null,
    nonTerminatingMatchingRules: matched.filter(({ action }) => action === "count").map(groupRule),
    excludedRules: null,
    customerConfig: null,
  };
}

function groupRule({ rule, action, overridden }: GroupRuleMatch) {
  return {
    ruleId: rule,
    action: action.toUpperCase(),
    ...(overridden ? { overriddenAction: overridden.toUpperCase() } : {}),
    ruleMatchDetails: null,
  };
}

/** The window is a string in AWS's own examples. The rule's id is built from names (assumed). */
function rateBasedRule({ rule, rate }: RuleMatch, webAclArn: string, request: HttpRequestRecord) {
  if (!rate) return [];
  return [
    {
      rateBasedRuleId: `${webAclArn}/${rule}`,
      rateBasedRuleName: rule,
      limitKey: rate.headers.length === 0 ? "IP" : "CUSTOMKEYS",
      maxRateAllowed: rate.limit,
      evaluationWindowSec: String(rate.windowSeconds),
      ...(rate.headers.length === 0
        ? { limitValue: request.clientIp }
        : { customValues: rate.headers.map((name) => headerValue(request, name)) }),
    },
  ];
}

/** As protected and redacted as it is in the request. */
const headerValue = ({ headers }: HttpRequestRecord, wanted: string) => ({
  key: "HEADER",
  name: wanted,
  value: headers.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.value ?? "",
});
