/** A stage with Cognito's Plus plan and a sender of its own: its user pools, and the log of what users do. */
import { appName, userPools } from "@secure-lambda/functions/contract";
import { expect, it } from "vitest";
import type { Graph } from "../../support/graph.ts";

export function testPlusPlan(graphOfStage: () => Graph): void {
  it("has user pools that refuse compromised passwords, answer risks, and send by SES", () => {
    const graph = graphOfStage();
    const sender = {
      sourceArn: "arn:aws:ses:us-east-1:000000000000:identity/example.com",
      from: '"Example" <no-reply@mail.example.com>',
    };
    const pools = graph.all("aws:cognito/userPool:UserPool");
    for (const { inputs } of pools) {
      expect(inputs).toMatchObject({
        userPoolTier: "PLUS",
        userPoolAddOns: {
          advancedSecurityMode: "ENFORCED",
          advancedSecurityAdditionalFlows: { customAuthMode: "ENFORCED" },
        },
        emailConfiguration: {
          emailSendingAccount: "DEVELOPER",
          sourceArn: sender.sourceArn,
          fromEmailAddress: sender.from,
        },
      });
    }
    const risks = graph.all("aws:cognito/riskConfiguration:RiskConfiguration");
    // Resources are created in any order.
    const protectedPools = risks.map(({ inputs }) => inputs["userPoolId"]);
    expect(new Set(protectedPools)).toEqual(new Set(pools.map(({ id }) => id)));
    for (const { inputs } of risks) {
      expect(inputs).toMatchObject({
        compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
        accountTakeoverRiskConfiguration: {
          actions: { highAction: { eventAction: "BLOCK", notify: true } },
          notifyConfiguration: sender,
        },
      });
    }
  });

  it("logs what users do in a group without a key, with the retention of the others", () => {
    const graph = graphOfStage();
    const log = graph.one("aws:cloudwatch/logGroup:LogGroup", "SignInLog");
    expect(log.inputs).toMatchObject({
      name: `/aws/vendedlogs/cognito/${appName}-full-SignIns`,
      retentionInDays: 7,
    });
    expect(log.inputs).not.toHaveProperty("kmsKeyId");
    const logged = graph.all("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration");
    expect(logged.map(({ inputs }) => inputs["logConfigurations"])).toEqual(
      userPools.map(() => [
        {
          eventSource: "userAuthEvents",
          logLevel: "INFO",
          cloudWatchLogsConfiguration: { logGroupArn: log.outputs["arn"] },
        },
      ]),
    );
  });
}
