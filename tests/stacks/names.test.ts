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
