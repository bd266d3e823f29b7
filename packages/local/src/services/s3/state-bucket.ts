/** The part of S3 that the SST CLI uses: the buckets of its state and its assets, path-style. */
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import type { AwsCall, AwsRequest, AwsService } from "../../aws-protocol/service.ts";
import { decodeUri } from "../../aws-protocol/uri.ts";
import { parseDeleteRequest } from "./delete-request.ts";
import { listObjects, putObject, type Bucket, type StoredObject } from "./objects.ts";
import * as xml from "./xml.ts";

/** Which buckets there are; `now` gives milliseconds since 1970. */
export interface StateBucketOptions {
  buckets: readonly string[];
  now?: () => number;
}

/** S3 with the given buckets, empty. Other buckets do not exist and cannot be created. */
export function createStateBuckets({ buckets, now = Date.now }: StateBucketOptions): AwsService {
  const byName = new Map<string, Bucket>(buckets.map((name) => [name, new Map()]));
  const operations = {
    GetObject: ({ bucket, key }: Target) => objectResponse(existing(bucket, key)),
    HeadObject: ({ bucket, key }: Target) => objectResponse(existing(bucket, key)),
    PutObject({ bucket, key }: Target, { headers, body }: AwsRequest) {
      rejectStreamedBody(headers);
      const contentType = headers.get("content-type") ?? "binary/octet-stream";
      const contentEncoding = headers.get("content-encoding") ?? undefined;
      const object = putObject(bucket, { key, body, contentType, contentEncoding }, now());
      return new Response(null, { headers: { etag: object.etag } });
    },
    DeleteObject({ bucket, key }: Target) {
      bucket.delete(key);
      return new Response(null, { status: 204 });
    },
    DeleteObjects({ bucket }: Target, { body }: AwsRequest) {
      const { keys, quiet } = parseDeleteRequest(body);
      for (const key of keys) bucket.delete(key);
      return document(xml.deleteResultXml(quiet ? [] : keys));
    },
    ListObjects: (target: Target, { url }: AwsRequest) =>
      document(xml.listObjectsXml(listing(target, url))),
    ListObjectsV2: (target: Target, { url }: AwsRequest) =>
      document(xml.listObjectsV2Xml(listing(target, url))),
    ListObjectVersions: (target: Target, { url }: AwsRequest) =>
      document(xml.listVersionsXml(listing(target, url))),
  };
  const byOperation = new Map(Object.entries(operations));

  async function handle({ operation, request }: AwsCall): Promise<Response> {
    rejectUnsupportedHeaders(request.headers);
    const { bucketName, key } = pathOf(request.url);
    const bucket = byName.get(bucketName);
    if (bucket === undefined) {
      throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
    }
    const run = byOperation.get(operation);
    if (run === undefined) throw new Error(`No operation ${operation}`);
    return run({ bucketName, bucket, key }, request);
  }

  return {
    protocol: "rest-xml",
    operations: [...byOperation.keys()],
    actions,
    operationOf,
    resourceOf,
    handle,
  };
}

interface Target {
  bucketName: string;
  bucket: Bucket;
  key: string;
}

/** @throws AwsError for a path that is not encoded in the way of URIs. */
function pathOf(url: URL): { bucketName: string; key: string } {
  const [, bucketName = "", ...key] = url.pathname.split("/");
  return { bucketName, key: decodeUri(key.join("/")) };
}

/**
 * Actions of IAM with another name than the operation's (documented:
 * S3/using-with-s3-policy-actions).
 */
const actions = {
  HeadObject: "GetObject",
  DeleteObjects: "DeleteObject",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
};

/** What a call acts on: a bucket, an object in it, or each of those to delete. */
function resourceOf({ request, operation }: Pick<AwsCall, "request" | "operation">) {
  const { bucketName, key } = pathOf(request.url);
  const bucket = `arn:aws:s3:::${bucketName}`;
  if (operation !== "DeleteObjects") return key === "" ? bucket : `${bucket}/${key}`;
  const { keys } = parseDeleteRequest(request.body);
  return keys.length === 0 ? bucket : keys.map((one) => `${bucket}/${one}`);
}

/** Operations by method, what is named, and the query parameters that matter. */
const operationNames = new Map([
  ["GET account", "ListBuckets"],
  ["GET key", "GetObject"],
  ["HEAD key", "HeadObject"],
  ["PUT key", "PutObject"],
  ["DELETE key", "DeleteObject"],
  ["POST bucket delete", "DeleteObjects"],
  ["GET bucket", "ListObjects"],
  ["GET bucket list-type", "ListObjectsV2"],
  ["GET bucket versions", "ListObjectVersions"],
]);

/** A parameter outside the table (an ACL, a version, a page) makes it another, unknown operation. */
function operationOf({ method, url }: AwsRequest): string {
  const { bucketName, key } = pathOf(url);
  const parameters = [...url.searchParams.keys()].filter((name) => !isIncidental(name, key));
  const named = bucketName === "" ? "account" : key === "" ? "bucket" : "key";
  const shape = [method, named, ...parameters.toSorted()].join(" ");
  const place = key === "" ? bucketName : `${bucketName}/${key}`;
  const query = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
  return operationNames.get(shape) ?? `${method} /${place}${query}`;
}

/** Parameters of SDKs and of presigning, and the supported option of a listing. */
function isIncidental(name: string, key: string): boolean {
  return name === "x-id" || name.startsWith("X-Amz-") || (key === "" && name === "prefix");
}

function existing(bucket: Bucket, key: string): StoredObject {
  const object = bucket.get(key);
  if (object === undefined) {
    throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
  }
  return object;
}

function listing({ bucketName, bucket }: Target, url: URL): xml.Listing {
  const prefix = url.searchParams.get("prefix") ?? "";
  return { bucket: bucketName, prefix, objects: listObjects(bucket, prefix) };
}

function objectResponse(object: StoredObject): Response {
  const headers = new Headers({
    "content-type": object.contentType,
    "content-length": String(object.body.length),
    etag: object.etag,
    "last-modified": new Date(object.modifiedAt).toUTCString(),
  });
  if (object.contentEncoding !== undefined) headers.set("content-encoding", object.contentEncoding);
  return new Response(new Uint8Array(object.body), { headers });
}

function document(content: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`, {
    headers: { "content-type": "application/xml" },
  });
}

const conditions = new Set([
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
  "range",
]);
const understood =
  /^x-amz-(date|content-sha256|security-token|user-agent|sdk-checksum-algorithm|checksum-[a-z0-9-]+)$/;

/** A condition, a copy's source, an ACL …: ignoring one would change the meaning of the request. */
function rejectUnsupportedHeaders(headers: Headers): void {
  const found = [...headers.keys()].find(
    (name) => conditions.has(name) || (name.startsWith("x-amz-") && !understood.test(name)),
  );
  if (found !== undefined) throw unsupported(`the S3 header ${found}`, "NotImplemented", 501);
}

/** SDKs stream (`aws-chunked`) only over TLS; stored as it is, the framing would corrupt the object. */
function rejectStreamedBody(headers: Headers): void {
  const chunked = headers.get("content-encoding")?.includes("aws-chunked") === true;
  const streaming = headers.get("x-amz-content-sha256")?.startsWith("STREAMING-") === true;
  if (chunked || streaming) throw unsupported("aws-chunked S3 uploads", "NotImplemented", 501);
}
