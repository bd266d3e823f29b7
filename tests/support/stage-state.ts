/** SST's state of a stage in an account that the local cloud plays. */
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { buckets } from "../../packages/local/src/aws-apis.ts";
import type { StartedCloud } from "../../packages/local/test/support/test-cloud.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

/** The stage `ada` of that account. */
export function stageIn({ url }: StartedCloud) {
  return { stage: "ada", local: false, aws: clientConfig(url) };
}

/** Keeps the stage's state, with these outputs. */
export async function keepState({ clients }: StartedCloud, outputs: object): Promise<void> {
  const resources = [{ type: "pulumi:pulumi:Stack", outputs }];
  await clients.s3.send(
    new PutObjectCommand({
      Bucket: buckets.state,
      Key: namesOf("ada").stateObject,
      Body: JSON.stringify({ checkpoint: { latest: { resources } } }),
    }),
  );
}
