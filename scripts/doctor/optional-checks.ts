/** What only some commands need. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { howToSignIn } from "../support/aws-credentials.ts";
import { CommandError } from "../support/command-error.ts";
import { chromiumNames, findOnPath } from "../support/on-path.ts";
import type { Check } from "./checks.ts";

/** Whether there may be credentials; whether they are valid only AWS knows. */
export async function checkAwsCredentials(check: () => Promise<void>): Promise<Check> {
  const known = {
    name: "AWS credentials",
    mend: howToSignIn,
    onlyFor: "npm run deploy and --stage",
  };
  try {
    await check();
    return { ...known, ok: true, detail: "found" };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { ...known, ok: false, detail: "none found" };
  }
}

/** A browser that can be started without a window. */
export function checkChromium({ PATH }: NodeJS.ProcessEnv): Check {
  const [found] = findOnPath(chromiumNames, PATH);
  return {
    name: "Chromium",
    ok: found !== undefined,
    detail: found ?? `none of ${chromiumNames.join(", ")} on the PATH`,
    mend: "On Debian: apt-get install chromium. Others: https://www.chromium.org/getting-involved/download-chromium",
    onlyFor: "npm run test:browser",
  };
}

const run = promisify(execFile);

/** Version 2: version 1 has no `logs tail`. The docs type `aws`, which is the first on the path. */
export async function checkAwsCli({ PATH }: NodeJS.ProcessEnv): Promise<Check> {
  const versions: { readonly file: string; readonly version: string }[] = [];
  for (const file of findOnPath(["aws"], PATH)) {
    const { stdout } = await run(file, ["--version"]).catch(() => ({ stdout: "" }));
    const [version] = /^aws-cli\/[\d.]+/.exec(stdout) ?? [];
    if (version !== undefined) versions.push({ file, version });
  }
  const [first] = versions;
  const found = versions.find(({ version }) => version.startsWith("aws-cli/2"));
  const known = { name: "AWS CLI", onlyFor: "npm run test:aws-cli and the aws commands in docs" };
  if (first === undefined || found === undefined) {
    const detail = first?.version ?? "no aws on the PATH";
    return { ...known, ok: false, detail, mend: howToGetAwsCli };
  }
  return {
    ...known,
    ok: found === first,
    detail:
      found === first
        ? found.version
        : `${first.version} at ${first.file}, before ${found.version} at ${found.file} on the PATH`,
    mend: `Version 2 is expected first: put its folder before the other's on the PATH.`,
  };
}

const howToGetAwsCli =
  "Version 2 is expected. On Debian: apt-get install awscli. Others: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";
