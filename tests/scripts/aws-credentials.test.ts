/** Commands for AWS say that there are no credentials before they begin, and refuse no set-up that may work. */
import { describe, expect, it } from "vitest";
import { checkCredentials } from "../../scripts/support/aws-credentials.ts";
import { useAwsShell } from "../support/aws-shell.ts";

const { write, fileAt, folder, shell } = useAwsShell();

const check = (env: NodeJS.ProcessEnv, mayHaveRole = false) =>
  checkCredentials(shell(env), folder(), () => mayHaveRole);

describe("credentials may be found", () => {
  it.each([
    { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" },
    { AWS_ACCESS_KEY: "id", AWS_SECRET_KEY: "secret" },
    { AWS_WEB_IDENTITY_TOKEN_FILE: "/token", AWS_ROLE_ARN: "arn" },
    { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/role" },
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.23/v1/credentials" },
    { AWS_EC2_METADATA_DISABLED: "false" },
  ])("by %j", async (env) => {
    await expect(check(env)).resolves.toBeUndefined();
  });

  it.each([
    ["credentials", "[default]\naws_access_key_id = id\naws_secret_access_key = secret", {}],
    ["config", "[default]\naws_access_key_id = id\naws_secret_access_key = secret", {}],
    ["config", "[default]\ncredential_process = /bin/own", {}],
    ["config", "[default]\nlogin_session = arn:aws:iam::111122223333:user/ada", {}],
    ["config", "[default]\nrole_arn = arn\ncredential_source = Ec2InstanceMetadata", {}],
    [
      "config",
      "[profile a]\nsso_session = s\n[sso-session s]\nsso_region = a",
      { AWS_PROFILE: "a" },
    ],
    ["config", "[profile a]\nsso_start_url = https://a.awsapps.com/start", { AWS_PROFILE: "a" }],
    ["config", "[profile a]\nrole_arn = arn\nsource_profile = b", { AWS_DEFAULT_PROFILE: "a" }],
  ])("in the file %s: %j", async (file, text, env) => {
    write(`.aws/${file}`, text);
    await expect(check(env)).resolves.toBeUndefined();
  });

  it("in a file that a variable names", async () => {
    write("mine", "[default]\naws_access_key_id = id");
    const AWS_SHARED_CREDENTIALS_FILE = fileAt("mine");
    await expect(check({ AWS_SHARED_CREDENTIALS_FILE })).resolves.toBeUndefined();
  });

  it("by the role of the machine", async () => {
    await expect(check({}, true)).resolves.toBeUndefined();
  });

  it("by a profile of sst.config.ts", async () => {
    write("sst.config.ts", 'providers: { aws: { profile: "team" } }');
    await expect(check({})).resolves.toBeUndefined();
  });
});

describe("there are none", () => {
  it.each([
    ["without any file", "", {}],
    ["in a profile of settings only", "[default]\nregion = us-east-1\noutput = json", {}],
    ["with an empty variable", "", { AWS_ACCESS_KEY_ID: "" }],
  ])("%s", async (_, text, env) => {
    write(".aws/config", text);
    await expect(check(env)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(
        /^There are no AWS credentials: the environment has none, nor has profile "default"\. Sign in .*AWS_EC2_METADATA_DISABLED=false\.$/,
      ),
    });
  });

  it("in the profile that is named, though another has some", async () => {
    write(".aws/credentials", "[default]\naws_access_key_id = id");
    await expect(check({ AWS_PROFILE: "gone" })).rejects.toThrow('nor has profile "gone"');
  });

  it("where the machine's role is turned off", async () => {
    await expect(check({ AWS_EC2_METADATA_DISABLED: "true" }, true)).rejects.toThrow(
      "There are no",
    );
  });
});
