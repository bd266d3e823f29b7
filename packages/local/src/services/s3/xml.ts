/** The XML documents of the S3 operations that SST uses. */
import { escapeXml } from "../../aws-protocol/xml.ts";
import type { StoredObject } from "./objects.ts";

/** What a listing says about itself and the objects in it. */
export interface Listing {
  bucket: string;
  prefix: string;
  objects: readonly StoredObject[];
}

/** The answer to ListObjectsV2. Every listing here is complete: there is no second page. */
export function listObjectsV2Xml({ bucket, prefix, objects }: Listing): string {
  const count = `<KeyCount>${objects.length}</KeyCount><MaxKeys>${objects.length}</MaxKeys>`;
  return listBucketResult(bucket, prefix, count, objects);
}

/** The answer to ListObjects, the first version. */
export function listObjectsXml({ bucket, prefix, objects }: Listing): string {
  const count = `<MaxKeys>${objects.length}</MaxKeys><Marker></Marker>`;
  return listBucketResult(bucket, prefix, count, objects);
}

/** The answer to ListObjectVersions: each object is the only version of itself, named `null`. */
export function listVersionsXml({ bucket, prefix, objects }: Listing): string {
  const versions = objects.map(
    (object) =>
      `<Version>${describe(object)}<VersionId>null</VersionId><IsLatest>true</IsLatest></Version>`,
  );
  return `<ListVersionsResult>${head(bucket, prefix)}${versions.join("")}</ListVersionsResult>`;
}

/** The answer to DeleteObjects. */
export function deleteResultXml(keys: readonly string[]): string {
  const deleted = keys.map((key) => `<Deleted><Key>${escapeXml(key)}</Key></Deleted>`);
  return `<DeleteResult>${deleted.join("")}</DeleteResult>`;
}

function listBucketResult(
  bucket: string,
  prefix: string,
  count: string,
  objects: readonly StoredObject[],
): string {
  const contents = objects.map((object) => `<Contents>${describe(object)}</Contents>`).join("");
  return `<ListBucketResult>${head(bucket, prefix)}${count}${contents}</ListBucketResult>`;
}

function head(bucket: string, prefix: string): string {
  const names = `<Name>${escapeXml(bucket)}</Name><Prefix>${escapeXml(prefix)}</Prefix>`;
  return `${names}<IsTruncated>false</IsTruncated>`;
}

function describe({ key, body, etag, modifiedAt }: StoredObject): string {
  const modified = new Date(modifiedAt).toISOString();
  const facts = `<LastModified>${modified}</LastModified><ETag>${escapeXml(etag)}</ETag>`;
  return `<Key>${escapeXml(key)}</Key>${facts}<Size>${body.length}</Size>`;
}
