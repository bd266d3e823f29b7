/** aws:s3: the objects by which a function's code reaches Lambda. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { assetKey } from "../../../provider/asset.ts";
import { replacedWhen } from "../../../provider/removal.ts";

/** The resource types of aws:s3. */
export const s3Resources = (assets: Map<string, string>) => [
  replacedWhen(
    ["bucket", "key"],
    defineResource({
      type: "aws:s3/bucketObjectv2:BucketObjectv2",
      inputs: z.strictObject({
        bucket: z.string(),
        key: z.string(),
        source: z.strictObject({ [assetKey]: z.string() }),
      }),
      apply: ({ bucket, key, source }) => {
        const id = `${bucket}/${key}`;
        assets.set(id, source[assetKey] ?? "");
        return { id, outputs: { arn: `arn:aws:s3:::${id}` } };
      },
      remove: ({ id }) => void assets.delete(id),
    }),
  ),
];

/**
 * Finds source maps among uploaded objects by SST's name for them:
 * `sourcemap/LOG-GROUP-ARN/SHA-256-OF-THE-ARCHIVE.SCRIPT.map`.
 */
export function sourceMapsIn(assets: ReadonlyMap<string, string>) {
  return (codeSha256: string, script: string): string | undefined => {
    const name = `/${Buffer.from(codeSha256, "base64").toString("hex")}.${script}.map`;
    return [...assets].find(([key]) => key.includes("/sourcemap/") && key.endsWith(name))?.[1];
  };
}
