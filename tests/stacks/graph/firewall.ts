/** The web application firewall in front of the stage and the user pools. */
import { appName } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { statementsIn, textOutput } from "../../support/graph.ts";
import type { DeployedStage } from "./deployed.ts";

const rulesSchema = z.array(
  z.looseObject({ name: z.string(), priority: z.number(), statement: z.unknown() }),
);

const largerThan = (size: number, fieldToMatch: object): unknown => ({
  sizeConstraintStatement: expect.objectContaining({
    fieldToMatch,
    comparisonOperator: "GT",
    size,
  }),
});

const substituted = (field: object) => ({ field, action: "SUBSTITUTION" });

export function testFirewall({ stage, settings, graph }: DeployedStage): void {
  const webAcl = () => graph().one("aws:wafv2/webAcl:WebAcl");
  const rules = () => rulesSchema.parse(webAcl().inputs["rules"]);
  const statementOf = (name: string) => rules().find((rule) => rule.name === name)?.statement;
  const blocks = settings.firewall.mode === "block";
  const counts = settings.firewall.countedNetworks.length > 0;

  describe("the firewall", () => {
    it("is associated with the API's stage and each user pool", () => {
      const guarded = [
        graph().one("aws:apigateway/stage:Stage"),
        ...graph().all("aws:cognito/userPool:UserPool"),
      ];
      const associations = graph()
        .all("aws:wafv2/webAclAssociation:WebAclAssociation")
        .map(({ inputs }) => [inputs["resourceArn"], inputs["webAclArn"]]);
      expect(new Set(associations)).toEqual(
        new Set(guarded.map(({ outputs }) => [outputs["arn"], webAcl().outputs["arn"]])),
      );
      expect(webAcl().inputs).toMatchObject({ scope: "REGIONAL", defaultAction: { allow: {} } });
    });

    it("has its rules, the cheapest first", () => {
      expect(rules().map(({ name, priority }) => [priority, name])).toEqual(
        [
          ...(counts ? ["CountNetworks"] : []),
          "RateLimit",
          ...(settings.firewall.signInsPerAddress === undefined ? [] : ["SignInRateLimit"]),
          ...(settings.firewall.requestsPerToken === undefined ? [] : ["TokenRateLimit"]),
          "SizeLimits",
          ...settings.firewall.managedGroups,
        ].map((name, priority) => [priority, name]),
      );
    });

    it.each(counts ? ["counts requests from an IP set, whatever its mode"] : [])("%s", () => {
      const set = graph().one("aws:wafv2/ipSet:IpSet");
      expect(set.inputs["addresses"]).toEqual(settings.firewall.countedNetworks);
      expect(rules()[0]).toMatchObject({
        action: { count: {} },
        statement: { ipSetReferenceStatement: { arn: set.outputs["arn"] } },
      });
    });

    it(`${blocks ? "blocks" : "counts"} requests that match any other rule`, () => {
      const others = rules().filter(({ name }) => name !== "CountNetworks");
      const own = others.filter(({ name }) => !name.startsWith("AWS"));
      const managed = others.filter(({ name }) => name.startsWith("AWS"));
      expect(own.map(({ action }) => action)).toEqual(
        own.map(() => (blocks ? { block: {} } : { count: {} })),
      );
      expect(managed.map(({ overrideAction }) => overrideAction)).toEqual(
        managed.map(() => (blocks ? { none: {} } : { count: {} })),
      );
    });

    it("limits the rate of an IP address", () => {
      expect(statementOf("RateLimit")).toMatchObject({
        rateBasedStatement: {
          aggregateKeyType: "IP",
          evaluationWindowSec: 300,
          limit: settings.firewall.requestsPerAddress,
        },
      });
    });

    it.each([settings.firewall.signInsPerAddress].filter((limit) => limit !== undefined))(
      "limits what an IP address sends to user pools, to %i",
      (limit) => {
        expect(statementOf("SignInRateLimit")).toMatchObject({
          rateBasedStatement: {
            aggregateKeyType: "IP",
            limit,
            scopeDownStatement: { andStatement: { statements: [{}, {}] } },
          },
        });
      },
    );

    it.each([settings.firewall.requestsPerToken].filter((limit) => limit !== undefined))(
      "limits what is sent with one token, to %i",
      (limit) => {
        expect(statementOf("TokenRateLimit")).toMatchObject({
          rateBasedStatement: {
            aggregateKeyType: "CUSTOM_KEYS",
            limit,
            customKeys: [{ header: { name: "authorization" } }],
          },
        });
      },
    );

    it("limits bodies, and matches headers, cookies and bodies that it cannot inspect", () => {
      const all = { matchScope: "ALL", oversizeHandling: "MATCH" };
      expect(statementOf("SizeLimits")).toEqual({
        orStatement: {
          statements: [
            largerThan(8_192, { body: { oversizeHandling: "MATCH" } }),
            largerThan(8_192, { headers: [{ matchPattern: { all: {} }, ...all }] }),
            largerThan(8_192, { cookies: { matchPatterns: [{ all: {} }], ...all } }),
            largerThan(0, { singleHeader: { name: "content-encoding" } }),
          ],
        },
      });
    });

    it("logs requests without tokens, API keys, cookies and query strings", () => {
      const group = graph().one("aws:cloudwatch/logGroup:LogGroup", "FirewallLog");
      expect(group.inputs["name"]).toBe(`aws-waf-logs-${appName}-${stage}`);
      const { inputs } = graph().one(
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      );
      expect(inputs).toEqual({
        resourceArn: webAcl().outputs["arn"],
        logDestinationConfigs: [group.outputs["arn"]],
        redactedFields: [
          { singleHeader: { name: "authorization" } },
          { singleHeader: { name: "proxy-authorization" } },
          { singleHeader: { name: "x-api-key" } },
          { singleHeader: { name: "cookie" } },
          { queryString: {} },
        ],
      });
    });

    it("protects the same in samples, and the bodies that matches quote", () => {
      expect(webAcl().inputs["dataProtectionConfig"]).toEqual({
        dataProtections: [
          substituted({
            fieldType: "SINGLE_HEADER",
            fieldKeys: ["authorization", "proxy-authorization", "x-api-key", "cookie"],
          }),
          substituted({ fieldType: "SINGLE_COOKIE" }),
          substituted({ fieldType: "QUERY_STRING" }),
          substituted({ fieldType: "BODY" }),
        ],
      });
    });

    it("is logged only by the log delivery of this account, and only to this log group", () => {
      const group = graph().one("aws:cloudwatch/logGroup:LogGroup", "FirewallLog");
      const { policyDocument } = graph().one(
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      ).inputs;
      expect(statementsIn(policyDocument)).toEqual([
        expect.objectContaining({
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: [`${textOutput(group, "arn")}:*`],
          Condition: expect.objectContaining({
            StringEquals: { "aws:SourceAccount": [expect.stringMatching(/^\d{12}$/)] },
          }),
        }),
      ]);
    });
  });
}
