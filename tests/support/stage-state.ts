/** SST's state of a stage in an account that the local cloud plays. */
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { buckets } from "../../packages/local/src/aws-apis.ts";
import type { StartedCloud } from "../../packages/local/test/support/test-cloud.ts";
import { namesOf } from "../../stacks/settings/names.ts";

/** The stage `ada` of that account. */
export function stageIn({ url }: StartedCloud) {
  const credentials = { accessKeyId: "operator", secretAccessKey: "any" };
  return { stage: "ada", local: false, aws: { region: "us-east-1", endpoint: url, credentials } };
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
