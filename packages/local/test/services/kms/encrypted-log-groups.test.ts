/**
 * Log groups with a key, which CloudWatch Logs uses by itself.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/29282
 */
import { expect, it } from "vitest";
import { callJson } from "../../support/raw-calls.ts";
import { root } from "../iam/policies-in-force.ts";
import { allow, setUpKeys } from "./keys-in-use.ts";

const { cloud, createKeyWith } = setUpKeys();

const group = "/app/greeter";
const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;
const actions = ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"];
const byLogs = allow({ Service: "logs.us-east-1.amazonaws.com" }, actions, {
  Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn } },
});

const write = (message: string) =>
  cloud().logs.write({ group, stream: "s", timestamp: cloud().now(), message });

/** What an operation answers about the group. */
async function ask(operation: string, input: object): Promise<unknown> {
  const { body } = await callJson(cloud().endpoint, "logs", `Logs_20140328.${operation}`, input);
  return JSON.parse(body);
}
const events = () => ask("FilterLogEvents", { logGroupName: group });

const notAllowed = {
  code: "AccessDeniedException",
  message: `The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`,
};

it("keep messages encrypted, and give them back as long as the key can be used", async () => {
  const { id, arn: kmsKeyId } = createKeyWith(byLogs);
  cloud().logs.createGroup(group, { kmsKeyId });
  write("one");
  await expect(events()).resolves.toMatchObject({ events: [{ message: "one" }] });
  await expect(ask("DescribeLogGroups", {})).resolves.toMatchObject({ logGroups: [{ kmsKeyId }] });

  cloud().kms.keys.setEnabled(id, false);
  cloud().advance(300_000);
  const rejected = { __type: notAllowed.code, message: notAllowed.message };
  await expect(events()).resolves.toEqual(rejected);
  await expect(ask("GetLogEvents", { logGroupName: group, logStreamName: "s" })).resolves.toEqual(
    rejected,
  );
  await expect(ask("DescribeLogStreams", { logGroupName: group })).resolves.toMatchObject({
    logStreams: [{ logStreamName: "s" }],
  });
});

it("lose what is written while the key cannot be used", async () => {
  const { id, arn: kmsKeyId } = createKeyWith(byLogs);
  cloud().logs.createGroup(group, { kmsKeyId });
  cloud().kms.keys.setEnabled(id, false);
  cloud().advance(300_000);
  write("lost");
  cloud().kms.keys.setEnabled(id, true);
  write("kept");
  await expect(events()).resolves.toMatchObject({ events: [{ message: "kept" }] });
});

it("get no key that CloudWatch Logs may not use", () => {
  for (const statement of [
    allow({ AWS: root }, "kms:*"),
    allow({ Service: "logs.eu-west-1.amazonaws.com" }, actions),
    { ...byLogs, Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": `${arn}2` } } },
  ]) {
    const { arn: kmsKeyId } = createKeyWith(statement);
    expect(() => cloud().logs.createGroup(group, { kmsKeyId })).toThrow(
      expect.objectContaining(notAllowed),
    );
  }
  expect(() => cloud().logs.createGroup(group, { kmsKeyId: "alias/none" })).toThrow(
    expect.objectContaining(notAllowed),
  );
  expect(cloud().logs.groups()).toEqual([]);
});

it("keep what is encrypted so when they have no key any more, and write the rest in plain", async () => {
  const { id, arn: kmsKeyId } = createKeyWith(byLogs);
  cloud().logs.createGroup(group, { kmsKeyId });
  write("encrypted");
  cloud().logs.createGroup(group);
  write("plain");
  await expect(events()).resolves.toMatchObject({
    events: [{ message: "encrypted" }, { message: "plain" }],
  });
  cloud().kms.keys.setEnabled(id, false);
  cloud().advance(300_000);
  await expect(events()).resolves.toMatchObject({ __type: notAllowed.code });
});
