/** Endpoints in the profiles of AWS's configuration files, as the SDK reads these. */
import os from "node:os";
import path from "node:path";
import { loadSharedConfigFiles } from "@smithy/core/config";

/** An endpoint, and where it is set. */
export interface ProfileEndpoint {
  readonly url: string;
  /** Such as `endpoint_url of [profile prod]`. */
  readonly setting: string;
  readonly file: string;
}

type Sections = Awaited<ReturnType<typeof loadSharedConfigFiles>>["configFile"];

/** Those of the profile that these variables choose, of the profiles it takes credentials from, and of their services. */
export async function findProfileEndpoints(
  env: NodeJS.ProcessEnv,
): Promise<readonly ProfileEndpoint[]> {
  const folder = path.join(env["HOME"] || os.homedir(), ".aws");
  const config = env["AWS_CONFIG_FILE"] || path.join(folder, "config");
  const credentials = env["AWS_SHARED_CREDENTIALS_FILE"] || path.join(folder, "credentials");
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: config,
    filepath: credentials,
    ignoreCache: true,
  });
  const used = sectionsInUse(env, configFile, credentialsFile);
  return [
    ...endpointsOf(configFile, used, config, "profile "),
    ...endpointsOf(credentialsFile, used, credentials, ""),
  ];
}

/** Only the SDK of Go, with which the SST CLI is written, reads AWS_DEFAULT_PROFILE. */
function sectionsInUse(
  env: NodeJS.ProcessEnv,
  config: Sections,
  credentials: Sections,
): ReadonlySet<string> {
  const { AWS_PROFILE: profile, AWS_DEFAULT_PROFILE: byDefault } = env;
  const used = new Set([profile || "default", profile || byDefault || "default"]);
  // A set visits what is added while it is gone through.
  for (const name of used) {
    const { source_profile: source, services } = { ...credentials[name], ...config[name] };
    if (source) used.add(source);
    if (services) used.add(`services.${services}`);
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
