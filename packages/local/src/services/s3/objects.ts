/** Buckets without versioning, in memory. */
import { createHash } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";

/** An object as it was put; `modifiedAt` is in milliseconds since 1970. */
export interface StoredObject {
  key: string;
  body: Buffer;
  contentType: string;
  contentEncoding: string | undefined;
  etag: string;
  modifiedAt: number;
}

/** One bucket: its objects by key. */
export type Bucket = Map<string, StoredObject>;

/** What a PUT brings. */
export type ObjectUpload = Pick<StoredObject, "key" | "body" | "contentType" | "contentEncoding">;

/** Bytes of all objects of a bucket, which are in memory. */
const bucketBytes = 256 * 1024 * 1024;

/** What an object takes besides its body. */
const objectBytes = 1000;

/**
 * Stores an object in place of the one that had its key.
 * @throws AwsError when the bucket would be larger than the local cloud keeps.
 */
export function putObject(
  bucket: Bucket,
  upload: ObjectUpload,
  modifiedAt: number,
  mostBytes: number = bucketBytes,
): StoredObject {
  const others = [...bucket.values()].filter(({ key }) => key !== upload.key);
  const held = [...others, upload].reduce((sum, { body }) => sum + body.length + objectBytes, 0);
  if (held > mostBytes) {
    const message = `Your proposed upload exceeds the maximum allowed size: the local cloud keeps ${String(mostBytes)} bytes of a bucket.`;
    throw new AwsError("EntityTooLarge", message);
  }
  const etag = `"${createHash("md5").update(upload.body).digest("hex")}"`;
  // A copy: the request's buffer may be larger than the body in it.
  const object = { ...upload, body: Buffer.from(upload.body), etag, modifiedAt };
  bucket.set(upload.key, object);
  return object;
}

/** The objects whose key starts with `prefix`, in S3's order: by the bytes of their keys. */
export function listObjects(bucket: Bucket, prefix: string): StoredObject[] {
  return [...bucket.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}
