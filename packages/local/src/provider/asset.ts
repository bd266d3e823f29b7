/** How a resource's inputs hold an asset: Pulumi's assets and archives on their way as JSON. */
import * as z from "zod";

/** The key of an object that names a file; its value is the path. */
export const assetKey = "localCloudFile";

/** The key of an object in place of an asset that is no file. */
export const otherAssetKey = "localCloudAsset";

/** A file; gives its path. */
export const assetFile = z
  .union(
    [z.strictObject({ [assetKey]: z.string() })],
    "the local cloud supports only assets and archives that are files",
  )
  .transform(({ [assetKey]: file = "" }) => file);
