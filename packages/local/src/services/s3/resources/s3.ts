/** aws:s3: the objects by which a function's code reaches Lambda. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { assetFile } from "../../../provider/asset.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { SourceMaps } from "../source-maps.ts";

/** Where uploads go: `BUCKET/KEY` to the file on this machine, and the source maps. */
interface Uploads {
  readonly assets: Map<string, string>;
  readonly sourceMaps: SourceMaps;
}

/** The resource types of aws:s3. */
export const s3Resources = ({ assets, sourceMaps }: Uploads) => [
  replacedWhen(
    ["bucket", "key"],
    defineResource({
      type: "aws:s3/bucketObjectv2:BucketObjectv2",
      inputs: z.strictObject({
        bucket: z.string(),
        key: z.string(),
        source: assetFile,
      }),
      apply: ({ bucket, key, source }) => {
        const id = `${bucket}/${key}`;
        assets.set(id, source);
        sourceMaps.keep(key, source);
        return { id, outputs: { arn: `arn:aws:s3:::${id}` } };
      },
      remove: ({ id }) => void assets.delete(id),
    }),
  ),
];
