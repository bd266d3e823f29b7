/** Finds out offline whether there may be credentials for AWS, before work that would be for nothing. */
import path from "node:path";
import { hasProfileCredentials } from "./aws-profiles.ts";
import { CommandError } from "./command-error.ts";
import { textOf } from "./text-of.ts";

/** What to do without credentials. */
export const howToSignIn =
  "Sign in as for the AWS CLI, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";

/** Variables that are credentials or lead to them; the SDK of Go reads the short name of the key too. */
const source =
  /^AWS_(?:ACCESS_KEY(?:_ID)?|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS_(?:RELATIVE|FULL)_URI)$/;

/**
 * Checks that one of the places where AWS's SDKs look has credentials (documented:
 * SDKREF/standardized-credentials); whether they are valid only AWS knows. `env` has what `.env` adds.
 * @throws CommandError when there are none, and no role of this machine either.
 */
export async function checkCredentials(
  env: NodeJS.ProcessEnv,
  folder: string,
  mayHaveRole = mayBeInstance,
): Promise<void> {
  if (Object.entries(env).some(([name, value]) => source.test(name) && value)) return;
  if (await hasProfileCredentials(env)) return;
  // SST takes a profile from there, which is not read here.
  if (/\bprofile\b/.test(textOf(path.join(folder, "sst.config.ts")))) return;
  const metadata = env["AWS_EC2_METADATA_DISABLED"]?.toLowerCase();
  if (metadata === "false" || (metadata !== "true" && mayHaveRole())) return;
  const profile = env["AWS_PROFILE"] || env["AWS_DEFAULT_PROFILE"] || "default";
  throw new CommandError(
    `There are no AWS credentials: the environment has none, nor has profile "${profile}". ${howToSignIn} If this machine has a role of its own, set AWS_EC2_METADATA_DISABLED=false.`,
  );
}

/** On Linux a virtual machine's hardware says that it is EC2's (documented: EC2/identify_ec2_instances). */
function mayBeInstance(): boolean {
  if (process.platform !== "linux") return true;
  const dmi = ["sys_vendor", "bios_vendor", "bios_version", "board_vendor"];
  const files = dmi.map((name) => `/sys/devices/virtual/dmi/id/${name}`);
  return [...files, "/sys/hypervisor/uuid"].some((file) => /amazon|^ec2/i.test(textOf(file)));
}
