/** A line of AWS WAF's log (WAF/logging-fields, WAF/logging-examples). */
import type { GroupRuleMatch } from "../managed/evaluate.ts";
import type { RequestView } from "../request.ts";
import {
  defaultActionName,
  labelsOf,
  type RuleMatch,
  terminatingRule,
  type Verdict,
} from "../decision.ts";
import type { HttpRequestRecord } from "./http-request.ts";

interface RecordArgs {
  /** In ms since 1970. */
  readonly time: number;
  readonly webAclArn: string;
  /** `ACCOUNT:API:STAGE`. */
  readonly sourceId: string;
  readonly verdict: Verdict;
  readonly view: RequestView;
  readonly httpRequest: HttpRequestRecord;
}

/** Renders the line that tells what became of a request to an API's stage. */
export function renderRecord(args: RecordArgs): string {
  const { time, webAclArn, sourceId, verdict, view, httpRequest } = args;
  const terminating = terminatingRule(verdict);
  return JSON.stringify({
    timestamp: time,
    formatVersion: 1,
    webaclId: webAclArn,
    terminatingRuleId: terminating?.rule ?? defaultActionName,
    terminatingRuleType: terminating?.type ?? "REGULAR",
    action: verdict.action.toUpperCase(),
    terminatingRuleMatchDetails: [],
    httpSourceName: "APIGW",
    httpSourceId: sourceId,
    ruleGroupList: verdict.matched.flatMap(({ group }) => (group ? [ruleGroup(group)] : [])),
    rateBasedRuleList: verdict.matched.flatMap((match) => rateBasedRule(match, webAclArn, view)),
    nonTerminatingMatchingRules: verdict.matched
      .filter((match) => match.action === "count")
      .map(({ rule }) => ({ ruleId: rule, action: "COUNT", ruleMatchDetails: [] })),
    requestHeadersInserted: null,
    responseCodeSent: verdict.response?.status ?? null,
    httpRequest,
    labels: labelsOf(verdict).map((name) => ({ name })),
    requestBodySize: view.bodySize,
    requestBodySizeInspectedByWAF: view.body.length,
    ...(view.isBodyOversize ? { oversizeFields: ["REQUEST_BODY"] } : {}),
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

/** The window is a text in AWS's own examples. The rule's id is made of names here (assumed). */
function rateBasedRule({ rule, rate }: RuleMatch, webAclArn: string, { request }: RequestView) {
  if (!rate) return [];
  return [
    {
      rateBasedRuleId: `${webAclArn}/${rule}`,
      rateBasedRuleName: rule,
      limitKey: "IP",
      maxRateAllowed: rate.limit,
      evaluationWindowSec: String(rate.windowSeconds),
      limitValue: request.remoteAddress,
    },
  ];
}
