/** Endpoints and credentials in the profiles of AWS's configuration files, as the SDK reads these. */
import os from "node:os";
import path from "node:path";
import { loadSharedConfigFiles } from "@smithy/core/config";
import { sectionsAsGo, type Sections } from "./go-profiles.ts";

/** An endpoint, and where it is set. */
export interface ProfileEndpoint {
  readonly url: string;
  /** Such as `endpoint_url of [profile prod]`. */
  readonly setting: string;
  readonly file: string;
}

/** Those of the profile that these variables choose, of the profiles it takes credentials from, and of their services. */
export async function findProfileEndpoints(
  env: NodeJS.ProcessEnv,
): Promise<readonly ProfileEndpoint[]> {
  const { config, credentials, readings, used } = await readProfiles(env);
  return readings.flatMap(({ configFile, credentialsFile }) => [
    ...endpointsOf(configFile, used, config, "profile "),
    ...endpointsOf(credentialsFile, used, credentials, ""),
  ]);
}

/** What a profile takes credentials from: keys, a role, a process, IAM Identity Center, a console session. */
const credentialSetting = /access_key|role|credential|source|sso|identity|login/;

/** Whether the profile that these variables choose says where its credentials come from. */
export async function hasProfileCredentials(env: NodeJS.ProcessEnv): Promise<boolean> {
  const { readings, used } = await readProfiles(env);
  return readings
    .flatMap(({ configFile, credentialsFile }) => [configFile, credentialsFile])
    .some((sections) =>
      [...used].some((name) =>
        Object.keys(sections[name] ?? {}).some((key) => credentialSetting.test(key)),
      ),
    );
}

/** Both files, as one of the SDKs reads them. */
interface Reading {
  readonly configFile: Sections;
  readonly credentialsFile: Sections;
}

async function readProfiles(env: NodeJS.ProcessEnv) {
  const folder = path.join(env["HOME"] || os.homedir(), ".aws");
  const config = env["AWS_CONFIG_FILE"] || path.join(folder, "config");
  const credentials = env["AWS_SHARED_CREDENTIALS_FILE"] || path.join(folder, "credentials");
  const files = await loadSharedConfigFiles({
    configFilepath: config,
    filepath: credentials,
    ignoreCache: true,
  });
  const asGo = { configFile: sectionsAsGo(config), credentialsFile: sectionsAsGo(credentials) };
  const readings: readonly Reading[] = [files, asGo];
  return { config, credentials, readings, used: sectionsInUse(env, readings) };
}

/** Only the SDK of Go, with which the SST CLI is written, reads AWS_DEFAULT_PROFILE. */
function sectionsInUse(env: NodeJS.ProcessEnv, readings: readonly Reading[]): ReadonlySet<string> {
  const { AWS_PROFILE: profile, AWS_DEFAULT_PROFILE: byDefault } = env;
  const used = new Set([profile || "default", profile || byDefault || "default"]);
  // A set visits what is added while it is gone through.
  for (const name of used) {
    for (const { configFile, credentialsFile } of readings) {
      const settings = { ...credentialsFile[name], ...configFile[name] };
      const { source_profile: source, services } = settings;
      if (source) used.add(source);
      if (services) used.add(`services.${services}`);
    }
  }
  return used;
}

function endpointsOf(
  sections: Sections,
  used: ReadonlySet<string>,
  file: string,
  prefix: string,
): ProfileEndpoint[] {
  return [...used].flatMap((name) =>
    Object.entries(sections[name] ?? {})
      .filter(([key]) => /^(?:[^.]+\.)?endpoint_url$/.test(key))
      .map(([key, url = ""]) => ({
        url,
        setting: `${key.replace(".", " ")} of [${titleOf(name, prefix)}]`,
        file,
      })),
  );
}

function titleOf(name: string, prefix: string): string {
  if (name.startsWith("services.")) return name.replace(".", " ");
  return name === "default" ? name : `${prefix}${name}`;
}
