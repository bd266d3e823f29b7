/** A command for AWS goes to AWS, or is not begun. */
import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { endpointReason, useAwsShell } from "../support/aws-shell.ts";

const { write, fileAt, shell, environment, ownClients, asSst } = useAwsShell();

const elsewhere = [
  ["AWS_ENDPOINT_URL", "http://127.0.0.1:4566", endpointReason],
  ["AWS_ENDPOINT_URL_S3", "http://127.0.0.1:4566", endpointReason],
  ["AWS_ENDPOINT_URL_SSM", "http://ssm.us-east-1.amazonaws.com", endpointReason],
  ["AWS_ENDPOINT_URL_STS", "nonsense", endpointReason],
  ["AWS_ENDPOINT_URL_SSM", "https://127.0.0.1:4566", endpointReason],
  ["AWS_ENDPOINT_URL", "https://amazonaws.com.evil.example", endpointReason],
  ["AWS_ENDPOINT_URL", "https://sts.amazonaws.com@evil.example", endpointReason],
  ["TF_AWS_S3_ENDPOINT", "http://127.0.0.1:4566", endpointReason],
  ["AWS_STS_ENDPOINT", "http://127.0.0.1:4566", endpointReason],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0", "certificates must be verified."],
  ["LOCAL_CLOUD_ENGINE_URL", "http://127.0.0.1:4566", "it belongs to a local cloud."],
  ["LOCAL_CLOUD_TLS_PORT", "", "it belongs to a local cloud."],
] as const;

describe("is not begun with a variable that leads elsewhere, which is named", () => {
  it.each(elsewhere)("%s=%s, in the shell", async (name, value, reason) => {
    const sentence = `Unset ${name} to call AWS: ${reason}`;
    await expect(environment({ [name]: value })).rejects.toThrow(sentence);
    await expect(ownClients({ [name]: value })).rejects.toThrow(sentence);
  });

  it.each(elsewhere)("%s=%s, in .env, whatever its value", async (name, value, reason) => {
    const sentence = `Remove ${name} from .env to call AWS: ${reason}`;
    write(".env", `${name}=${value}\n`);
    await expect(environment({})).rejects.toThrow(sentence);
    write(".env", `${name}=\n`);
    await expect(environment({})).rejects.toThrow(sentence);
  });

  it.each([...elsewhere.map(([name]) => name), "AWS_PROFILE", "SST_STAGE", "PULUMI_HOME", "PATH"])(
    "%s in .env.STAGE, which overrules what was checked",
    async (name) => {
      write(".env.prod", `export ${name}="any"\n`);
      await expect(environment({ [name]: "" })).rejects.toThrow(
        `.env.prod sets ${name}. The SST CLI lets this file overrule its environment, so that it would call AWS otherwise than this command has checked. Set it in your shell.`,
      );
    },
  );

  it.each([
    "SST_PULUMI_PATH",
    "SST_BUN_PATH",
    "SST_BIN_PATH",
    "SST_SERVER",
    "SST_CHILD",
    "SST_AWS_NO_PROFILE",
    "SST_SECRET_Example",
    "SST_UNKNOWN",
  ])("%s, which the SST CLI reads", async (name) => {
    const reason = "to call AWS: it could lead the SST CLI to another program, server or account.";
    await expect(environment({ [name]: "x" })).rejects.toThrow(`Unset ${name} ${reason}`);
    await expect(ownClients({ [name]: "x" })).resolves.toBeUndefined();
    write(".env", `${name}=x`);
    await expect(environment({})).rejects.toThrow(`Remove ${name} from .env ${reason}`);
  });

  it("PULUMI_… in .env, and everything at once", async () => {
    write(".env", "PULUMI_OPTION_TARGET=x\nAWS_ENDPOINT_URL=\nAWS_ENDPOINT_URL_S3=\n");
    await expect(environment({})).rejects.toThrow(
      `Remove AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 from .env to call AWS: ${endpointReason}\nRemove PULUMI_OPTION_TARGET from .env to call AWS: SST sets what its Pulumi needs.`,
    );
  });

  it.each([
    "AWS_ENDPOINT_URL: http://x",
    "export\tAWS_ENDPOINT_URL=http://x",
    'B="y"AWS_ENDPOINT_URL=http://x',
    "A=1\rAWS_ENDPOINT_URL=http://x",
    "Z=0\nAWS_ENDPOINT_URL=${Z}",
  ])("one in .env as only the SST CLI reads it: %j", async (text) => {
    write(".env", text);
    await expect(environment({})).rejects.toThrow("Remove AWS_ENDPOINT_URL from .env to call AWS");
  });
});

describe("is begun", () => {
  it.each([
    "https://sts.amazonaws.com",
    "https://sqs.eu-west-1.amazonaws.com/",
    "https://STS-fips.us-gov-west-1.amazonaws.com:443",
    "https://s3.dualstack.eu-west-1.amazonaws.com",
    "https://lambda.eu-west-1.api.aws",
    "https://api.ecr.us-east-1.amazonaws.com",
    "https://portal.sso.us-east-1.amazonaws.com",
    "https://vpce-0a-1b.ssm.us-east-1.vpce.amazonaws.com",
    "https://bucket.vpce-1.s3.us-east-1.vpce.amazonaws.com",
  ])("with an endpoint of AWS: %s", async (url) => {
    await expect(ownClients({ AWS_ENDPOINT_URL: url })).resolves.toBeUndefined();
  });

  it.each([
    "https://abc.execute-api.us-east-1.amazonaws.com",
    "https://abc.lambda-url.us-east-1.on.aws",
    "https://mine.s3.amazonaws.com",
    "https://mine.s3.us-east-1.amazonaws.com",
    "https://mine-1.us-east-1.elb.amazonaws.com",
    "https://ec2-192-0-2-1.compute-1.amazonaws.com",
    "https://app.auth.us-east-1.amazoncognito.com",
    "https://api.s3.amazonaws.com",
    "https://portal.s3.us-east-1.amazonaws.com",
    "https://api.s3-us-west-2.amazonaws.com",
    "https://api.execute-api.us-east-1.amazonaws.com",
    "https://vpce-1.vpce-svc-2.us-east-1.vpce.amazonaws.com",
    "https://vpce-1.mine.vpce-svc-2.us-east-1.vpce.amazonaws.com",
    "https://vpce-1.execute-api.us-east-1.vpce.amazonaws.com",
    "https://mine.vpce-1.s3.us-east-1.vpce.amazonaws.com",
    "https://bucket.vpce-1.sts.us-east-1.vpce.amazonaws.com",
    "https://sts.amazonaws.com/path",
    "https://sts.amazonaws.com?x",
    "https://user@sts.amazonaws.com",
    "https://evil.example#.amazonaws.com",
  ])("not with a customer's host at AWS, and the like: %s", async (url) => {
    await expect(ownClients({ AWS_ENDPOINT_URL: url })).rejects.toThrow(endpointReason);
  });

  it("with the profile that was checked, and configured endpoints off", async () => {
    write(".env", "AWS_PROFILE=prod\nAWS_DEFAULT_PROFILE=x\nAPP=1\n");
    write(".env.other", "AWS_ENDPOINT_URL=http://127.0.0.1:4566\n");
    fs.mkdirSync(fileAt(".env.prod"));
    const given = {
      AWS_DEFAULT_PROFILE: "",
      AWS_ENDPOINT_URL: "",
      HTTPS_PROXY: "http://proxy",
      NODE_EXTRA_CA_CERTS: "/ca.pem",
      NODE_TLS_REJECT_UNAUTHORIZED: "1",
      SST_TELEMETRY_DISABLED: "1",
      SST_BUILD_CONCURRENCY_FUNCTION: "2",
      STRIPE_KEY: "k",
    };
    await expect(environment({ ...given, PULUMI_BACKEND_URL: "s3://mine" })).resolves.toEqual({
      ...shell(given),
      AWS_PROFILE: "prod",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    });
  });

  it.each([
    ["in the environment", { AWS_ENDPOINT_URL_S3: "https://s3.us-east-1.amazonaws.com" }, ""],
    [
      "in a profile",
      {},
      "[default]\nendpoint_url = https://vpce-1.ssm.us-east-1.vpce.amazonaws.com",
    ],
  ])("with endpoints of AWS %s, which stay on", async (_, env, config) => {
    write(".aws/config", config);
    await expect(environment(env)).resolves.toEqual(shell(env));
  });
});

it.each([
  ["a profile", { AWS_PROFILE: "one" }, "", ["one", undefined]],
  [
    "the profile that only the SST CLI reads",
    { AWS_DEFAULT_PROFILE: "two" },
    "",
    ["two", undefined],
  ],
  ["a profile of .env", {}, "AWS_PROFILE=three\n", ["three", undefined]],
  ["keys before a profile", { AWS_PROFILE: "one", AWS_ACCESS_KEY_ID: "k" }, "", [undefined, "k"]],
  [
    "keys of .env before a profile",
    { AWS_PROFILE: "one" },
    "AWS_ACCESS_KEY_ID=k\n",
    [undefined, "k"],
  ],
  ["the shell before .env", { AWS_PROFILE: "one" }, "AWS_PROFILE=three\n", ["one", undefined]],
])("the account is asked with the credentials of the SST CLI: %s", (_, env, file, expected) => {
  write(".env", file);
  expect(asSst(env)).toEqual(expected);
});
