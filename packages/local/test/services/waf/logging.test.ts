/** The firewall's log: AWS's lines, and what is redacted. */
import { describe, expect, it } from "vitest";
import { countAll, group, serve } from "./logged-requests.ts";
import { body, headers, jsonBody, size } from "./statements.ts";
import { ask, blocks, bytes, rule } from "./web-acls.ts";

describe("a line of the log", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-examples.html
  it("has AWS's fields for a request that no rule ended", () => {
    const { waf, arn, events, line } = serve([countAll]);
    ask(waf, {
      remoteAddress: "192.0.2.1",
      method: "POST",
      path: "/local/lambda1",
      queryString: "a=1",
      headers: [["Host", "127.0.0.1"]],
      body: bytes('{"name":"Ada"}'),
      requestId: "Ed0AiHF=",
    });
    expect(line(0)).toEqual({
      timestamp: 1_700_000_000_000,
      formatVersion: 1,
      webaclId: arn,
      terminatingRuleId: "Default_Action",
      terminatingRuleType: "REGULAR",
      action: "ALLOW",
      terminatingRuleMatchDetails: [],
      httpSourceName: "APIGW",
      httpSourceId: "123456789012:abcdefghij:local",
      ruleGroupList: [],
      rateBasedRuleList: [],
      nonTerminatingMatchingRules: [{ ruleId: "CountAll", action: "COUNT", ruleMatchDetails: [] }],
      requestHeadersInserted: null,
      responseCodeSent: null,
      httpRequest: {
        clientIp: "192.0.2.1",
        country: "-",
        headers: [{ name: "Host", value: "127.0.0.1" }],
        uri: "/local/lambda1",
        args: "a=1",
        httpVersion: "HTTP/1.1",
        httpMethod: "POST",
        requestId: "Ed0AiHF=",
      },
      labels: [],
      requestBodySize: 14,
      requestBodySizeInspectedByWAF: 14,
    });
    expect(events).toMatchObject([
      {
        group: "aws-waf-logs-api",
        stream: "us-east-1_acl_0",
        timestamp: 1_700_000_000_000,
      },
    ]);
  });

  it("never holds the body, and says how much of it was inspected", () => {
    const { waf, events, line } = serve([blocks(size(body(), "EQ", 0))]);
    ask(waf, { body: Buffer.concat([bytes("Ada Lovelace"), Buffer.alloc(20_000)]) });
    expect(events[0]?.message).not.toContain("Ada");
    expect(line(0)).toMatchObject({
      requestBodySize: 20_012,
      requestBodySizeInspectedByWAF: 16_384,
      oversizeFields: ["REQUEST_BODY"],
    });
  });

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
  it("names what is oversize only where a rule has inspected it", () => {
    const oversize = {
      headers: Array.from({ length: 201 }, (_, at): [string, string] => [`a${at}`, ""]),
      body: Buffer.alloc(20_000),
    };
    const fieldsOf = (...statements: object[]) => {
      const { waf, line } = serve(
        statements.map((statement, priority) =>
          rule(`r${priority}`, { priority, statement, action: { count: {} } }),
        ),
      );
      ask(waf, oversize);
      return line(0);
    };
    expect(fieldsOf(size({ uriPath: {} }, "EQ", 0))).not.toHaveProperty("oversizeFields");
    expect(fieldsOf(size(headers("CONTINUE"), "EQ", 99))).toMatchObject({
      oversizeFields: ["REQUEST_HEADERS"],
    });
    expect(fieldsOf(size(jsonBody(), "EQ", 99), size(headers("MATCH"), "EQ", 99))).toMatchObject({
      oversizeFields: ["REQUEST_JSON_BODY", "REQUEST_HEADERS"],
    });
    const inGroup = serve([group({})]);
    ask(inGroup.waf, { ...oversize, headers: [["user-agent", "x"]] });
    expect(inGroup.line(0)).toMatchObject({ oversizeFields: ["REQUEST_BODY"] });
  });

  it("has no header beyond the limits, since AWS WAF receives none", () => {
    const { waf, events } = serve([]);
    ask(waf, { headers: Array.from({ length: 300 }, (_, at) => [`a${at}`, "x".repeat(100)]) });
    expect(events[0]?.message).toContain('"a0"');
    expect(events[0]?.message).not.toContain('"a100"');
    expect(events[0]?.message.length).toBeLessThan(20_000);
  });

  it("names the rate-based rule that ended it", () => {
    const { waf, line } = serve([blocks({ rateBasedStatement: { limit: 10 } })]);
    for (let count = 0; count <= 10; count += 1) ask(waf, "192.0.2.1");
    expect(line(9)).toMatchObject({ terminatingRuleId: "Default_Action", rateBasedRuleList: [] });
    expect(line(10)).toMatchObject({
      terminatingRuleId: "r",
      terminatingRuleType: "RATE_BASED",
      action: "BLOCK",
      rateBasedRuleList: [
        {
          rateBasedRuleName: "r",
          limitKey: "IP",
          maxRateAllowed: 10,
          evaluationWindowSec: "300",
          limitValue: "192.0.2.1",
        },
      ],
    });
  });

  it("names the rule of the group that blocked, and its label", () => {
    const { waf, line } = serve([group({})]);
    ask(waf, { headers: [] });
    expect(line(0)).toMatchObject({
      terminatingRuleId: "Common",
      terminatingRuleType: "MANAGED_RULE_GROUP",
      action: "BLOCK",
      ruleGroupList: [
        {
          ruleGroupId: "AWS#AWSManagedRulesCommonRuleSet",
          terminatingRule: { ruleId: "NoUserAgent_HEADER", action: "BLOCK" },
          nonTerminatingMatchingRules: [],
        },
      ],
      nonTerminatingMatchingRules: [],
      labels: [{ name: "awswaf:managed:aws:core-rule-set:NoUserAgent_Header" }],
    });
  });

  it("tells a group that only counted from one whose rules did", () => {
    const counted = serve([group({ overrideAction: { count: {} } })]);
    ask(counted.waf, { headers: [] });
    expect(counted.line(0)).toMatchObject({
      terminatingRuleId: "Default_Action",
      action: "ALLOW",
      ruleGroupList: [{ terminatingRule: { ruleId: "NoUserAgent_HEADER", action: "BLOCK" } }],
      nonTerminatingMatchingRules: [{ ruleId: "Common", action: "COUNT" }],
    });

    const overridden = { name: "NoUserAgent_HEADER", actionToUse: { count: {} } };
    const statement = {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        ruleActionOverrides: [overridden],
      },
    };
    const inside = serve([group({ statement })]);
    ask(inside.waf, { headers: [] });
    expect(inside.line(0)).toMatchObject({
      ruleGroupList: [
        {
          terminatingRule: null,
          nonTerminatingMatchingRules: [
            { ruleId: "NoUserAgent_HEADER", action: "COUNT", overriddenAction: "BLOCK" },
          ],
        },
      ],
      nonTerminatingMatchingRules: [],
    });
  });
});

describe("redaction", () => {
  // What can be redacted, and the word that stands for it.
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-management.html
  // Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-wafv2-loggingconfiguration-fieldtomatch.html
  it.each<[object, object]>([
    [{ uriPath: {} }, { uri: "REDACTED", args: "q", httpMethod: "GET" }],
    [{ queryString: {} }, { uri: "/p", args: "REDACTED", httpMethod: "GET" }],
    [{ method: {} }, { uri: "/p", args: "q", httpMethod: "REDACTED" }],
  ])("of %j takes this out and nothing else", (field, expected) => {
    const { waf, line } = serve([], { redactedFields: [field] });
    ask(waf, { path: "/p", queryString: "q" });
    expect(line(0)).toMatchObject({ httpRequest: expected });
  });

  it("of a header takes its values out, whatever the case of its name", () => {
    const redactedFields = [{ singleHeader: { name: "authorization" } }];
    const { waf, events, line } = serve([], { redactedFields });
    ask(waf, {
      headers: [
        ["Authorization", "Bearer secret-1"],
        ["AUTHORIZATION", "secret-2"],
        ["X-Other", "shown"],
      ],
    });
    expect(events[0]?.message).not.toContain("secret");
    expect(line(0)).toMatchObject({
      httpRequest: {
        headers: [
          { name: "Authorization", value: "REDACTED" },
          { name: "AUTHORIZATION", value: "REDACTED" },
          { name: "X-Other", value: "shown" },
        ],
      },
    });
  });
});
