/** What IAM is asked about when a function reads logs. */
import { beforeEach, describe, expect, test } from "vitest";
import { arn, group, messages, setUpLogs } from "./log-calls.ts";
import { settingsOf, zipOf } from "../lambda/lambda-harness.ts";

const { ask, cloud, write } = setUpLogs();

const roleArn = "arn:aws:iam::000000000000:role/reader";

beforeEach(async () => {
  const zipFile = await zipOf(cloud().folder, { "bundle.mjs": "" });
  await cloud().lambda.putFunction(settingsOf(zipFile, { roleArn }));
});

const askAs = (operation: string, input: object) => ask(operation, input, "Function");
/** Gives the function's role one statement. */
const allow = (Action: string, Resource: string) => {
  const Statement = [{ Effect: "Allow", Action, Resource }];
  const inlinePolicies = [JSON.stringify({ Version: "2012-10-17", Statement })];
  cloud().roles.put({ name: "reader", arn: roleArn, inlinePolicies });
};

// Source: https://github.com/prowler-cloud/prowler/pull/37 (what IAM is asked about)
describe("a function", () => {
  test("is rejected what its role does not allow", async () => {
    write("here");
    allow("logs:PutLogEvents", `${arn}:*`);
    const { status, body } = await askAs("FilterLogEvents", { logGroupName: group });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      __type: "AccessDeniedException",
      message: expect.stringContaining(
        `is not authorized to perform: logs:FilterLogEvents on resource: ${arn}:log-stream: because`,
      ),
    });
  });

  test("reads the group that its role names, and no other", async () => {
    write("here");
    cloud().logs.createGroup("other");
    allow("logs:*LogEvents", `${arn}:*`);
    expect(messages(await askAs("FilterLogEvents", { logGroupIdentifier: arn }))).toEqual(["here"]);
    const one = { logGroupName: group, logStreamName: "one" };
    expect(messages(await askAs("GetLogEvents", one))).toEqual(["here"]);
    expect((await askAs("FilterLogEvents", { logGroupName: "other" })).status).toBe(400);
    expect((await askAs("DescribeLogGroups", {})).status).toBe(400);
  });
});
