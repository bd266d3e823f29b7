/** Buckets without versioning, in memory. */
import { createHash } from "node:crypto";

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

/** Stores an object in place of the one that had its key. */
export function putObject(bucket: Bucket, upload: ObjectUpload, modifiedAt: number): StoredObject {
  const etag = `"${createHash("md5").update(upload.body).digest("hex")}"`;
  const object = { ...upload, etag, modifiedAt };
  bucket.set(upload.key, object);
  return object;
}

/** The objects whose key starts with `prefix`, in S3's order: by the bytes of their keys. */
export function listObjects(bucket: Bucket, prefix: string): StoredObject[] {
  return [...bucket.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}
