/** AWS's host names, and no others. */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, it } from "vitest";
import { isAwsHost } from "../../src/aws-protocol/aws-hosts.ts";

it.each([
  ["sts.amazonaws.com", true],
  ["bucket.s3.dualstack.us-east-1.amazonaws.com.", true],
  ["sts.cn-north-1.amazonaws.com.cn", true],
  ["s3.eusc-de-east-1.amazonaws.eu", true],
  ["app.auth.us-east-1.amazoncognito.com", true],
  ["SQS.us-east-1.API.AWS", true],
  ["abc.lambda-url.us-east-1.on.aws", true],
  ["sts.us-iso-east-1.c2s.ic.gov", true],
  ["aws.amazon.com", true],
  ["eu-west-1.signin.aws.amazon.com", true],
  ["us-east-1.console.aws.amazon.com", true],
  ["cn-north-1.signin.amazonaws.cn", true],
  ["signin.amazonaws-us-gov.com", true],
  ["eusc-de-east-1.signin.amazonaws-eusc.eu", true],
  ["us-east-1.oauth.signin.aws", true],
  ["d-1234567890.awsapps.com", true],
  ["amazonaws.com.example", false],
  ["notamazonaws.com", false],
  ["www.amazon.com", false],
  ["repost.aws", false],
  ["127.0.0.1", false],
  ["", false],
])("knows whether %s is AWS's: %s", (name, expected) => {
  expect(isAwsHost(name)).toBe(expected);
});

it("knows every domain of the partitions that the SDK knows", () => {
  const core = createRequire(import.meta.url).resolve("@aws-sdk/core");
  const file = path.join(core, "../submodules/client/index.js");
  const found = Array.from(
    fs.readFileSync(file, "utf8").matchAll(/"([a-z0-9.-]+\.(?:com|cn|aws|eu|gov|uk|scloud))"/g),
    ([, name = ""]) => name,
  );
  expect(found).toContain("amazonaws.com.cn");
  expect(found.filter((name) => !isAwsHost(name))).toEqual([]);
});
