/** A deployment to AWS goes to AWS. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkAwsEnvironment, checkAwsVariables } from "../../scripts/support/aws-environment.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "aws-environment-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const check = (env: NodeJS.ProcessEnv) => checkAwsEnvironment(env, folder, "prod");
const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);

it.each([
  ["AWS_ENDPOINT_URL", "http://127.0.0.1:4566"],
  ["AWS_ENDPOINT_URL_S3", "http://127.0.0.1:4566"],
  ["AWS_ENDPOINT_URL_SSM", "http://ssm.us-east-1.amazonaws.com"],
  ["AWS_ENDPOINT_URL_STS", "nonsense"],
  ["AWS_ENDPOINT_URL_SSM", "https://127.0.0.1:4566"],
  ["AWS_ENDPOINT_URL", "https://amazonaws.com.evil.example"],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0"],
])("is not begun with %s=%s, which is named, in the shell or in a file", (name, value) => {
  const sentence = `Unset ${name} to call AWS`;
  const inFile = (file: string) => `Remove ${name} from ${file} to call AWS`;
  expect(() => check({ [name]: value })).toThrow(sentence);
  expect(() => checkAwsVariables({ [name]: value })).toThrow(sentence);
  write(".env", `${name}=${value}\n`);
  expect(() => check({})).toThrow(inFile(".env"));
  write(".env", `${name}=\n`);
  write(".env.prod", `export ${name}="${value}"\n`);
  expect(() => check({ [name]: "" })).toThrow(inFile(".env.prod"));
});

it.each([
  "AWS_ENDPOINT_URL: http://x",
  "export\tAWS_ENDPOINT_URL=http://x",
  'B="y"AWS_ENDPOINT_URL=http://x',
  "A=1\rAWS_ENDPOINT_URL=http://x",
  "Z=0\nAWS_ENDPOINT_URL=${Z}",
])("is not begun with a file that sets an endpoint as only the SST CLI reads it: %j", (text) => {
  write(".env", text);
  expect(() => check({})).toThrow("Remove AWS_ENDPOINT_URL from .env to call AWS");
});

it("is begun with what is for AWS", () => {
  write(".env", "AWS_PROFILE=prod\nAWS_ENDPOINT_URL=http://127.0.0.1:4566\n");
  write(".env.other", "AWS_ENDPOINT_URL=http://127.0.0.1:4566\n");
  fs.mkdirSync(path.join(folder, ".env.prod"));
  expect(() =>
    check({
      AWS_ENDPOINT_URL: "",
      AWS_ENDPOINT_URL_S3: "https://bucket.vpce-1.s3.us-east-1.vpce.amazonaws.com",
      NODE_TLS_REJECT_UNAUTHORIZED: "1",
    }),
  ).not.toThrow();
});
