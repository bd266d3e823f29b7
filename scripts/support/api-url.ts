/** The address of a stage's API. */
import { Option } from "@commander-js/extra-typings";
import { parseWith, UsageError } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { notDeployed, readStageOutputs } from "./stage-outputs.ts";
import type { DeployedStage } from "./target.ts";

/** Tokens are sent unencrypted only on this machine. */
const safeUrl = z
  .url({
    protocol: /^https?$/,
    error: "Expected the API's URL, such as https://ID.execute-api.REGION.amazonaws.com/STAGE.",
  })
  .refine(
    (url) => URL.parse(url)?.protocol === "https:" || URL.parse(url)?.hostname === "127.0.0.1",
    {
      error: "Expected https: tokens are sent there.",
    },
  );

/** The option that names it. */
export const apiUrlOption = new Option(
  "--url <url>",
  "the API's URL (default: what the stage's last deployment returned)",
).argParser(parseWith(safeUrl));

/**
 * Finds it. A local cloud serves its API at a URL of its own, and not at the one that AWS would give it.
 * @throws CommandError when the stage has none; UsageError where it can only be named.
 */
export async function findApiUrl(deployed: DeployedStage): Promise<string> {
  if (deployed.apiUrl !== undefined) return deployed.apiUrl;
  if (deployed.local) {
    throw new UsageError(
      "option '--url' is required: no local cloud of this folder has the AWS port that --aws-port names.",
    );
  }
  const { data, success } = safeUrl.safeParse((await readStageOutputs(deployed))["apiUrl"]);
  if (!success) throw notDeployed(deployed);
  return data;
}
