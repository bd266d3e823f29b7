/** The environment of the SST CLI leads nowhere but to the local cloud. */
import { describe, expect, it } from "vitest";
import { sstEnvironment } from "../../src/sst/environment.ts";

const options = {
  region: "us-east-1",
  configFolder: "/app/config",
  temporaryFolder: "/app/tmp",
  cloud: {
    awsUrl: "http://127.0.0.1:1234",
    engineUrl: "http://127.0.0.1:1234/_local/engine",
    engineToken: "token",
    stayLocal: { LOCAL_CLOUD_TLS_PORT: "1235" },
  },
};

describe("sstEnvironment", () => {
  it("leaves out every setting for a real account", () => {
    const shell = {
      PATH: "/bin",
      AWS_PROFILE: "prod",
      AWS_SESSION_TOKEN: "real",
      AWS_ENDPOINT_URL_S3: "https://s3.example",
      AWS_ROLE_ARN: "arn:real",
      SST_PULUMI_PATH: "/bin/pulumi",
      PULUMI_ACCESS_TOKEN: "real",
    };
    const env = sstEnvironment(shell, options);
    expect(env["PATH"]).toBe("/bin");
    expect(Object.values(env)).not.toContain("real");
    expect(Object.keys(env)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/PROFILE|ENDPOINT_URL_S3|ROLE|PULUMI/)]),
    );
  });

  it("replaces credentials and endpoint, and reads no file of the user's", () => {
    const env = sstEnvironment(
      { AWS_ACCESS_KEY_ID: "AKIAREAL", AWS_ENDPOINT_URL: "https://aws.example" },
      options,
    );
    expect(env).toMatchObject({
      AWS_ACCESS_KEY_ID: "local",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1234",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  it("points at a closed port while there is no local cloud", () => {
    const { cloud: _, ...installing } = options;
    expect(sstEnvironment({}, installing)["AWS_ENDPOINT_URL"]).toBe("http://127.0.0.1:1");
  });
});
