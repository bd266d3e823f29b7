/** The names of a stage, as AWS, operators and dashboards know them. */
import { appName } from "@secure-lambda/functions/contract";
import { expect, it } from "vitest";
import { namesOf } from "../../stacks/settings/names.ts";

it("names what belongs to a stage after the app and the stage", () => {
  const names = namesOf("prod");
  expect({
    queue: names.resource("DeadLetters"),
    secret: names.topicSecret,
    functionLog: names.functionLog("ExternalLambda"),
    firewallLog: names.firewallLog,
    executionLog: names.executionLog("a1b2c3"),
    stateObject: names.stateObject,
  }).toEqual({
    queue: `${appName}-prod-DeadLetters`,
    secret: `${appName}/prod/LambdaSNSTopicARN`,
    functionLog: `/aws/lambda/${appName}-prod-ExternalLambda`,
    firewallLog: `aws-waf-logs-${appName}-prod`,
    executionLog: "API-Gateway-Execution-Logs_a1b2c3/prod",
    stateObject: `app/${appName}/prod.json`,
  });
});

it.each([
  ["a resource", `${appName}-prod-DeadLetters`, true],
  ["another stage's", `${appName}-dev-DeadLetters`, false],
  ["a stage's whose name begins alike", `${appName}-prod-eu-DeadLetters`, false],
  ["no name at all", `${appName}-prod-`, false],
])("tells whether a name is this stage's: %s", (_, name, isOfStage) => {
  expect(namesOf("prod").isOfStage(name)).toBe(isOfStage);
});
