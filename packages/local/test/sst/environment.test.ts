/** The environment of the SST CLI leads nowhere but to the local cloud. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sstEnvironment } from "../../src/sst/environment.ts";
import { isNetworkVariable } from "../../src/sst/tool-variables.ts";
import { documentedVariables, harmlessVariables } from "./documented-variables.ts";

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
const { cloud: _, ...installing } = options;
const documented = Object.values(documentedVariables).flat();

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

  it.each(documented)("takes over no %s", (name) => {
    expect(sstEnvironment({ [name]: "elsewhere" }, options)[name]).not.toBe("elsewhere");
  });

  it.each([...harmlessVariables, "NODE_ENV", "NODE_AUTH_TOKEN", "STRIPE_KEY", "HOME"])(
    "leaves an app its %s",
    (name) => {
      expect(sstEnvironment({ [name]: "its own" }, options)[name]).toBe("its own");
    },
  );

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
      LOCAL_CLOUD_TLS_PORT: "1235",
    });
  });

  it.each([
    ["without a debugger nothing", { NODE_OPTIONS: "--require ./mine.cjs" }, ""],
    [
      "of a debugger's what loads and attaches it",
      {
        NODE_OPTIONS: String.raw`--use-env-proxy --require "/a path/to the \"loader.js" --import=./x.mjs -r y --inspect-publish-uid=http --tls-min-v1.0`,
        VSCODE_INSPECTOR_OPTIONS: "{}",
      },
      String.raw`--require "/a path/to the \"loader.js" --import=./x.mjs -r y --inspect-publish-uid=http`,
    ],
  ])("keeps of NODE_OPTIONS %s", (_title, shell, kept) => {
    expect(sstEnvironment(shell, options)["NODE_OPTIONS"]).toBe(kept);
  });
});

describe("the environment of an installation", () => {
  it("points at a closed port, since there is no local cloud", () => {
    expect(sstEnvironment({}, installing)["AWS_ENDPOINT_URL"]).toBe("http://127.0.0.1:1");
  });

  it("has of a tool's variables what the network needs", () => {
    const shell = Object.fromEntries(documented.map((name) => [name, "elsewhere"]));
    const env = sstEnvironment(shell, installing);
    expect(documented.filter((name) => env[name] === "elsewhere")).toEqual(
      documented.filter(isNetworkVariable),
    );
  });
});

describe("the documented variables", () => {
  it("are those of the installed Node", () => {
    const { stdout } = spawnSync(process.execPath, ["--help"], { encoding: "utf8" });
    const [, section = ""] = stdout.split("Environment variables:");
    const found = Array.from(section.matchAll(/^([A-Z][A-Z0-9_]+)/gm), ([, name]) => name);
    expect(found.length).toBeGreaterThan(15);
    expect(found.filter((name) => !isListed(name))).toEqual([]);
  });

  it("are those of the installed AWS SDK", () => {
    const folder = fileURLToPath(new URL("../../../../node_modules", import.meta.url));
    const files = fs.globSync(
      ["@aws-sdk/{core,credential-provider-*,token-providers}", "@smithy/*"].map(
        (name) => `${name}/dist-cjs/**/*.js`,
      ),
      { cwd: folder },
    );
    const found = files.flatMap((file) =>
      Array.from(
        fs
          .readFileSync(path.join(folder, file), "utf8")
          .matchAll(/(?:"|\benv\.)(AWS_[A-Z0-9_]+)\b/g),
        ([, name]) => name,
      ),
    );
    expect(found.length).toBeGreaterThan(20);
    expect([...new Set(found)].filter((name) => !isListed(name))).toEqual([]);
  });
});

const listed = new Set<string | undefined>([...documented, ...harmlessVariables]);
const isListed = (name: string | undefined) => listed.has(name);
