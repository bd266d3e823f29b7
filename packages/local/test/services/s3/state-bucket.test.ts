import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callRaw } from "../../support/raw-calls.ts";
import { buckets } from "../../../src/aws-apis.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { present } from "../../support/present.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const Bucket = buckets.state;
const put = (Key: string, Body = "{}") =>
  aws.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const get = (Key: string) => aws.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
const keys = async (Prefix: string) => {
  const { Contents = [] } = await aws.clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.map(({ Key }) => Key);
};

test("an object comes back byte for byte, with its type and encoding", async () => {
  const Body = gzipSync('{"version":3}');
  const facts = { ContentType: "application/json", ContentEncoding: "gzip" };
  const Key = "app/my app/ä+b.json";
  const { ETag } = await aws.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...facts }));
  const output = await get(Key);
  expect(output).toMatchObject({ ...facts, ETag, ContentLength: Body.length });
  expect(Buffer.from(await present(output.Body).transformToByteArray()).equals(Body)).toBe(true);
});

test("an object that is not there is NoSuchKey, and NotFound to HEAD", async () => {
  await expect(get("app/none.json")).rejects.toBeInstanceOf(NoSuchKey);
  const head = aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key: "app/none.json" }));
  await expect(head).rejects.toBeInstanceOf(NotFound);
});

test("a bucket that is not SST's does not exist", async () => {
  const read = aws.clients.s3.send(new GetObjectCommand({ Bucket: "another", Key: "k" }));
  await expect(read).rejects.toBeInstanceOf(NoSuchBucket);
  const write = aws.clients.s3.send(
    new PutObjectCommand({ Bucket: "another", Key: "k", Body: "b" }),
  );
  await expect(write).rejects.toBeInstanceOf(NoSuchBucket);
});

test("the two buckets are apart", async () => {
  await put("apart");
  const other = aws.clients.s3.send(new GetObjectCommand({ Bucket: buckets.asset, Key: "apart" }));
  await expect(other).rejects.toBeInstanceOf(NoSuchKey);
});

test("HEAD tells the size of an object", async () => {
  await put("head", "12345");
  const head = await aws.clients.s3.send(new HeadObjectCommand({ Bucket, Key: "head" }));
  expect(head).toMatchObject({ ContentLength: 5, LastModified: expect.any(Date) });
});

test("deleting an object twice succeeds twice", async () => {
  await put("lock/app/dev.json");
  for (const _ of [1, 2]) {
    await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, Key: "lock/app/dev.json" }));
  }
  await expect(get("lock/app/dev.json")).rejects.toBeInstanceOf(NoSuchKey);
});

test("listings hold the keys below a prefix, in order, odd ones unharmed", async () => {
  for (const key of ["list/b", "list/a&<'\">", "list/ä", "elsewhere/c"]) await put(key);
  const expected = ["list/a&<'\">", "list/b", "list/ä"];
  expect(await keys("list/")).toEqual(expected);
  const first = await aws.clients.s3.send(new ListObjectsCommand({ Bucket, Prefix: "list/" }));
  expect(first.Contents?.map(({ Key }) => Key)).toEqual(expected);
  const versions = await aws.clients.s3.send(
    new ListObjectVersionsCommand({ Bucket, Prefix: "list/" }),
  );
  expect(versions).toMatchObject({ IsTruncated: false });
  expect(
    versions.Versions?.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]),
  ).toEqual(expected.map((key) => [key, "null", true]));
});

test("several objects are deleted at once, odd keys included, and no others", async () => {
  for (const key of ["many/1", "many/&amp;", "many/3"]) await put(key);
  const Objects = [{ Key: "many/1" }, { Key: "many/&amp;", VersionId: "null" }];
  await aws.clients.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(await keys("many/")).toEqual(["many/3"]);
});

test("conditions, ranges, further pages and unknown options are rejected by name", async () => {
  const { s3 } = aws.clients;
  const create = new PutObjectCommand({ Bucket, Key: "once", Body: "x", IfNoneMatch: "*" });
  await expect(s3.send(create)).rejects.toThrow("the S3 header if-none-match");
  await expect(get("once")).rejects.toBeInstanceOf(NoSuchKey);
  const CopySource = `${Bucket}/head`;
  const copy = new CopyObjectCommand({ Bucket, Key: "once", CopySource });
  await expect(s3.send(copy)).rejects.toThrow("the S3 header x-amz-copy-source");
  await expect(get("once")).rejects.toBeInstanceOf(NoSuchKey);
  const part = new GetObjectCommand({ Bucket, Key: "head", Range: "bytes=0-1" });
  await expect(s3.send(part)).rejects.toThrow("the S3 header range");
  const page = new ListObjectsV2Command({ Bucket, MaxKeys: 1 });
  await expect(s3.send(page)).rejects.toThrow("max-keys");
  const version = new GetObjectCommand({ Bucket, Key: "head", VersionId: "1" });
  await expect(s3.send(version)).rejects.toThrow("versionId");
});

// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
test.each(["GET", "PUT", "DELETE"])(
  "%s of a path that cannot be decoded is InvalidURI",
  async (method) => {
    const { status, body } = await callRaw(aws.endpoint, "s3", { method, path: `/${Bucket}/%zz` });
    expect(status).toBe(400);
    expect(body).toContain("<Code>InvalidURI</Code>");
    expect(aws.errors).toEqual([]);
  },
);

test("a listing of buckets, which there is none of, is rejected by name", async () => {
  await expect(aws.clients.s3.send(new ListBucketsCommand({}))).rejects.toThrow(
    "The local cloud does not support s3:ListBuckets.",
  );
});
