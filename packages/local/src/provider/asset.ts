/** How a resource's inputs name a file: Pulumi's assets and archives on their way as JSON. */

/** The key of an object that names a file; its value is the path. */
export const assetKey = "localCloudFile";
