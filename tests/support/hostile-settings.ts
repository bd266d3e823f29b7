/** Settings that would lead to a sink by every variable that AWS's SDKs, SST, Pulumi and Node document. */
import fs from "node:fs";
import path from "node:path";
import { documentedVariables } from "../../packages/local/test/sst/documented-variables.ts";
import type { Sink } from "./sink.ts";

/** Variables of a shell, and the same as lines of a `.env` file. */
export interface HostileSettings {
  readonly shell: Readonly<Record<string, string>>;
  readonly dotEnv: string;
}

/** Those with which the command itself could not be started: Node reads no TypeScript by links to it. */
const ofFilesOnly = new Set(["NODE_PRESERVE_SYMLINKS"]);

/** Creates the settings, with the files that they name in this folder. */
export function createHostileSettings(folder: string, { url }: Sink): HostileSettings {
  const file = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const config = file(
    "home/.aws/config",
    `[default]\n${profile(url)}\n[profile sink]\n${profile(url)}`,
  );
  const preload = file(
    "preload.cjs",
    `if (!/scripts\\/\\w+\\.ts$/.test(process.argv[1])) require("node:http").get("${url}/preload");`,
  );
  const written = (name: string) => path.join(folder, "written", name);
  const special: Readonly<Record<string, string>> = {
    AWS_CA_BUNDLE: written("no-bundle.pem"),
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: config,
    AWS_PROFILE: "sink",
    AWS_DEFAULT_PROFILE: "sink",
    AWS_ACCESS_KEY_ID: "AKIAREAL",
    AWS_SECRET_ACCESS_KEY: "real",
    AWS_SESSION_TOKEN: "real",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_EC2_METADATA_DISABLED: "false",
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    AWS_USE_DUALSTACK_ENDPOINT: "true",
    AWS_USE_FIPS_ENDPOINT: "true",
    DO_NOT_TRACK: "false",
    SST_TELEMETRY_DISABLED: "false",
    SST_LOG: written("sst.log"),
    NO_PROXY: "",
    no_proxy: "",
    no_grpc_proxy: "",
    NODE_COMPILE_CACHE: written("compile-cache"),
    NODE_DEBUG: "none",
    NODE_DEBUG_NATIVE: "none",
    NODE_EXTRA_CA_CERTS: written("no-authority.pem"),
    NODE_ICU_DATA: "",
    NODE_OPTIONS: `--require ${preload}`,
    NODE_TEST_CONTEXT: "",
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_USE_ENV_PROXY: "1",
    NODE_REDIRECT_WARNINGS: written("warnings"),
    NODE_V8_COVERAGE: written("coverage"),
    OPENSSL_CONF: "",
    SSL_CERT_FILE: written("no-certificates.pem"),
    SSLKEYLOGFILE: written("keys"),
  };
  const names = Object.values(documentedVariables).flat();
  const all = names.map((name) => [name, special[name] ?? url] as const);
  return {
    shell: {
      ...Object.fromEntries(all.filter(([name]) => !ofFilesOnly.has(name))),
      HOME: path.join(folder, "home"),
    },
    dotEnv: all.map(([name, value]) => `${name}=${value}\n`).join(""),
  };
}

const profile = (url: string) => `
aws_access_key_id = AKIAREAL
aws_secret_access_key = real
endpoint_url = ${url}
use_fips_endpoint = true
use_dualstack_endpoint = true
region = eu-west-1
`;
