/** Objects in memory, and how much of it they take. */
import { expect, it } from "vitest";
import { putObject, type Bucket } from "../../../src/services/s3/objects.ts";

const upload = (key: string, bytes: number) => ({
  key,
  body: Buffer.alloc(bytes),
  contentType: "text/plain",
  contentEncoding: undefined,
});

it("takes no object for which there is no room, until another is smaller or gone", () => {
  const bucket: Bucket = new Map();
  const put = (key: string, bytes: number) => putObject(bucket, upload(key, bytes), 0, 10_000);
  put("a", 5_000);
  put("a", 6_000);
  const refused = expect.objectContaining({ code: "EntityTooLarge" });
  expect(() => put("b", 2_001)).toThrow(refused);
  put("b", 2_000);
  expect(() => put("c", 0)).toThrow(refused);
  put("a", 1_000);
  put("c", 0);
  expect([...bucket.keys()]).toEqual(["a", "b", "c"]);
});

it("keeps no more of a request than the object", () => {
  const bucket: Bucket = new Map();
  const request = Buffer.alloc(100_000);
  const { body } = putObject(bucket, { ...upload("a", 0), body: request.subarray(0, 10) }, 0);
  expect(body.buffer.byteLength).toBeLessThan(100_000);
});
