/** A command for AWS is not begun with a profile that leads elsewhere. */
import { describe, expect, it } from "vitest";
import { endpointReason, useAwsShell } from "../support/aws-shell.ts";

const { write, fileAt, environment, ownClients } = useAwsShell();

const setting = "endpoint_url = http://127.0.0.1:4566";

describe("is not begun with a profile that leads elsewhere, which is named", () => {
  it.each([
    ["the default profile", `[default]\n${setting}`, {}, "endpoint_url of [default]"],
    ["that of AWS_PROFILE", `[profile a]\n${setting}`, { AWS_PROFILE: "a" }, "[profile a]"],
    [
      "that of AWS_DEFAULT_PROFILE, which the SST CLI reads",
      `[profile a]\n${setting}`,
      { AWS_DEFAULT_PROFILE: "a" },
      "endpoint_url of [profile a]",
    ],
    [
      "one that gives another its credentials",
      `[profile a]\nsource_profile = b\n[profile b]\nsource_profile = c\n[profile c]\n${setting}`,
      { AWS_PROFILE: "a" },
      "endpoint_url of [profile c]",
    ],
    [
      "for one service",
      `[default]\nservices = s\n[services s]\nssm =\n  ${setting}`,
      {},
      "ssm endpoint_url of [services s]",
    ],
    [
      "among others that are of AWS",
      `[default]\nendpoint_url = https://sts.amazonaws.com\nservices = s\n[services s]\ns3 =\n  endpoint_url = https://mine.s3.amazonaws.com`,
      {},
      "s3 endpoint_url of [services s]",
    ],
  ])("%s", async (_, config, env, named) => {
    write(".aws/config", config);
    const file = fileAt(".aws/config");
    const sentence = `${named} from ${file} to call AWS, or set AWS_PROFILE to another profile: ${endpointReason}`;
    await expect(environment(env)).rejects.toThrow(sentence);
    await expect(ownClients(env)).rejects.toThrow(sentence);
  });

  it.each(["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])("in the file of %s", async (name) => {
    write("mine", `[default]\n${setting}`);
    const file = fileAt("mine");
    const sentence = `Remove endpoint_url of [default] from ${file} to call AWS`;
    await expect(environment({ [name]: file })).rejects.toThrow(sentence);
    await expect(ownClients({ [name]: file })).rejects.toThrow(sentence);
  });

  it.each([
    ["Endpoint_URL = http://127.0.0.1:4566", "endpoint_url of [default]"],
    ["endpoint_url: http://127.0.0.1:4566", "endpoint_url of [default]"],
    ["[profile a]# mine\nendpoint_url = http://127.0.0.1:4566", "endpoint_url of [profile a]"],
    ["[profile  a]\nendpoint_url = http://127.0.0.1:4566", "endpoint_url of [profile a]"],
    [
      "SERVICES: s\n[services s];\nS3 =\n  ENDPOINT_URL = http://127.0.0.1:4566",
      "s3 endpoint_url of [services s]",
    ],
  ])("as only the SST CLI reads it: %j", async (config, named) => {
    write(".aws/config", `[default]\n${config}\n`);
    const env = { AWS_ENDPOINT_URL_S3: "https://s3.us-east-1.amazonaws.com" };
    const profile = config.includes("[profile") ? { AWS_PROFILE: "a" } : {};
    await expect(environment({ ...env, ...profile })).rejects.toThrow(`Remove ${named} from`);
  });

  it("in the credentials", async () => {
    write(".aws/credentials", `[a]\n${setting}`);
    await expect(environment({ AWS_PROFILE: "a" })).rejects.toThrow(
      `Remove endpoint_url of [a] from ${fileAt(".aws/credentials")} to call AWS`,
    );
  });

  it("that .env chooses", async () => {
    write(".env", "AWS_PROFILE='a'\n");
    write(".aws/config", `[default]\n[profile a]\n${setting}`);
    await expect(environment({})).rejects.toThrow("endpoint_url of [profile a]");
    await expect(environment({ AWS_PROFILE: "default" })).resolves.toBeDefined();
  });

  it("and not with what others have", async () => {
    write(
      ".aws/config",
      `[default]\ncredential_process = x\nuse_fips_endpoint = true\nca_bundle = x\nignore_configured_endpoint_urls = true\n[profile a]\n${setting}\n[services s]\nssm =\n  ${setting}`,
    );
    await expect(environment({})).resolves.toBeDefined();
    await expect(ownClients({})).resolves.toBeUndefined();
  });
});
