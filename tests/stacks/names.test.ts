/** The names of a stage, as AWS, operators and dashboards know them. */
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
    queue: "secure-lambda-prod-DeadLetters",
    secret: "secure-lambda/prod/LambdaSNSTopicARN",
    functionLog: "/aws/lambda/secure-lambda-prod-ExternalLambda",
    firewallLog: "aws-waf-logs-secure-lambda-prod",
    executionLog: "API-Gateway-Execution-Logs_a1b2c3/prod",
    stateObject: "app/secure-lambda/prod.json",
  });
});

it.each([
  ["a resource", "secure-lambda-prod-DeadLetters", true],
  ["another stage's", "secure-lambda-dev-DeadLetters", false],
  ["a stage's whose name begins alike", "secure-lambda-prod-eu-DeadLetters", false],
  ["no name at all", "secure-lambda-prod-", false],
])("tells whether a name is this stage's: %s", (_, name, isOfStage) => {
  expect(namesOf("prod").isOfStage(name)).toBe(isOfStage);
});
