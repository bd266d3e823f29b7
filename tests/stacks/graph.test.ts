/** What `sst deploy` would create, read from the graph that SST's components produce. */
import { appName, userPools } from "@secure-lambda/functions/contract";
import { afterAll, describe, expect, it } from "vitest";
import { checkGraph, uncheckedIn } from "../../stacks/policy/index.ts";
import { copyApp } from "../support/app-copy.ts";
import { testApi } from "./graph/api.ts";
import { testBundles } from "./graph/bundles.ts";
import { testDeployRole } from "./graph/deploy-role.ts";
import { deployStages, sharedStage } from "./graph/deployed.ts";
import { differencesBetween } from "./graph/differences.ts";
import { testControls } from "./graph/controls.ts";
import { testCosts } from "./graph/costs.ts";
import { testFirewall } from "./graph/firewall.ts";
import { testFunctions } from "./graph/functions.ts";
import { testIdentity } from "./graph/identity.ts";
import { testMessaging } from "./graph/messaging.ts";
import { testNewAccount } from "./graph/new-account.ts";
import { testObservability } from "./graph/observability.ts";
import { testRateLimits } from "./graph/rate-limits.ts";
import { testRules } from "./graph/rules.ts";

/** A developer stage with the longest name: every name of its resources is as long as it gets. */
const developer = "developer-with-the-longest-one";

// Stage `prod` is the last in a folder of its own: its bundles stay there.
const stages = [developer, "prod"];
const app = copyApp({ platform: true });
const deployment = deployStages(stages, app.folder);
afterAll(() => app.remove());

/** The outputs of the login pages, of a stage that has them. */
const loginUrls = (stage: string) =>
  Object.fromEntries(
    userPools.map((number) => [
      `loginUrl${number}`,
      expect.stringMatching(
        new RegExp(
          `^https://${appName}-${stage}-${number}-[0-9a-f]{8}\\.auth\\.us-east-1\\.amazoncognito\\.com$`,
        ),
      ),
    ]),
  );

describe.each([...stages.map(deployment.of), sharedStage()])("stage $stage", (deployed) => {
  const { stage } = deployed;
  testApi(deployed);
  testFirewall(deployed);
  testIdentity(deployed);
  testFunctions(deployed);
  testMessaging(deployed);
  testObservability(deployed);

  it("breaks no rule, and is checked as a whole", () => {
    const { resources } = deployed.graph();
    const { settings } = deployed;
    const findings = [...checkGraph(resources, settings), ...uncheckedIn(resources, settings)];
    expect(findings).toEqual([]);
  });

  it("outputs what a caller needs", () => {
    const graph = deployed.graph();
    const pool = (number: number) =>
      graph.one("aws:cognito/userPool:UserPool", `MyUserPool${number}UserPool`).id;
    expect(graph.one("pulumi:pulumi:Stack").outputs).toMatchObject({
      apiUrl: expect.stringMatching(
        new RegExp(String.raw`^https://\w+\.execute-api\.us-east-1\.amazonaws\.com/${stage}/$`),
      ),
      ...Object.fromEntries(
        userPools.flatMap((number) => [
          [`userPool${number}`, pool(number)],
          [`userPoolClient${number}`, expect.any(String)],
        ]),
      ),
      ...(deployed.settings.callbackUrls.length === 0 ? {} : loginUrls(stage)),
    });
  });
});

describe("the bundles", () => {
  testBundles(deployment.of("prod"));
});

describe("the rules", () => {
  testRules(deployment.of("prod"));
});

testRateLimits(deployment.of("prod"));

describe("a new account", () => {
  testNewAccount(deployment.of("prod"), deployment.of(developer));
});

describe("the controls of the baseline", () => {
  testControls(deployment.of("prod"), deployment.of(developer));
});

describe("the costs", () => {
  testCosts(deployment.of("prod"), deployment.of(developer));
});

describe("production", () => {
  it("differs from a developer stage only in its settings", () => {
    expect(differencesBetween(deployment.of("prod"), deployment.of(developer))).toEqual(
      [
        ...["ExternalLambda", "InternalLambda"].flatMap((name) => [
          `Function ${name}Function reservedConcurrentExecutions`,
          `Role ${name}Role inlinePolicies.policy`,
          ...["Errors", "Slow", "Throttles"].map((of) => `MetricAlarm ${name}${of}Alarm `),
        ]),
        ...["ApiServerErrors", "DeadLetters", "FailuresLost", "RedriveFailures"].map(
          (name) => `MetricAlarm ${name}Alarm `,
        ),
        ...["LogKey", "MessagingKey", "SecretKey"].flatMap((name) => [
          `Alias ${name}Alias `,
          `Key ${name} `,
        ]),
        "Dashboard Dashboard ",
        ...[
          "ApiAccessLog",
          "ApiExecutionLog",
          "DeliveryLog",
          "ExternalLambdaLogGroup",
          "FailedDeliveryLog",
          "FirewallLog",
          "InternalLambdaLogGroup",
        ].flatMap((name) => [`LogGroup ${name} kmsKeyId`, `LogGroup ${name} retentionInDays`]),
        "MethodSettings ApiMethodSettings settings.metricsEnabled",
        "MethodSettings ApiMethodSettings settings.throttlingBurstLimit",
        "Queue DeadLetters kmsMasterKeyId",
        "Queue DeadLetters sqsManagedSseEnabled",
        "Secret LambdaSNSTopicARN kmsKeyId",
        "Secret LambdaSNSTopicARN recoveryWindowInDays",
        "Topic GreetingTopicTopic kmsMasterKeyId",
        ...userPools.flatMap((number) =>
          [
            "adminCreateUserConfig.allowAdminCreateUserOnly",
            "deletionProtection",
            "mfaConfiguration",
          ].map((input) => `UserPool MyUserPool${number}UserPool ${input}`),
        ),
        ...userPools.flatMap((number) =>
          ["explicitAuthFlows", "writeAttributes"].map(
            (input) => `UserPoolClient MyUserPool${number}ClientClient ${input}`,
          ),
        ),
        "WebAcl Firewall rules",
      ].toSorted(),
    );
  });

  it("is protected against removal", async () => {
    await expect(deployment.cloud().remove({ stage: "prod" })).rejects.toThrow(/protected/);
    expect(deployment.cloud().graph("prod").length).toBeGreaterThan(100);
  });

  it("was deployed completely", () => {
    expect(deployment.output.filter((line) => line.includes("Complete"))).toHaveLength(
      stages.length,
    );
  });
});

describe("the policies of the deploy role", () => {
  testDeployRole(deployment, deployment.of("prod"), deployment.of(developer));
});
