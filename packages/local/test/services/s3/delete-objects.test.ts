/** The document of DeleteObjects: what it deletes, and which documents are rejected. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { callRaw } from "../../support/raw-calls.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const bucket = "sst-state-local";
const put = (key: string) =>
  callRaw(aws.endpoint, "s3", {
    method: "PUT",
    path: `/${bucket}/${encodeURIComponent(key)}`,
    body: "x",
  });
const isThere = async (key: string) =>
  (
    await callRaw(aws.endpoint, "s3", {
      method: "GET",
      path: `/${bucket}/${encodeURIComponent(key)}`,
    })
  ).status === 200;
const remove = (body: string | Uint8Array<ArrayBuffer>) =>
  callRaw(aws.endpoint, "s3", { method: "POST", path: `/${bucket}?delete`, body });
const document = (key: string) => `<Delete><Object><Key>${key}</Key></Object></Delete>`;

test.each([
  ["plain", "plain"],
  ["a&amp;b&lt;c&gt;&quot;&apos;", `a&b<c>"'`],
  ["&#x1F600;&#128512;", "😀😀"],
  ["Zo&#xeb; 𐐷", "Zoë 𐐷"],
  ["&#9;&#xA;", "\t\n"],
  ["a&amp;#x41;", "a&#x41;"],
])("the key %s is %j", async (written, key) => {
  await put(key);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
    <Object><Key>${written}</Key></Object><Quiet>false</Quiet></Delete>`;
  expect(await remove(xml)).toMatchObject({ status: 200 });
  expect(await isThere(key)).toBe(false);
});

// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
// Source: https://www.w3.org/TR/xml/#sec-references
test.each([
  ["a reference above U+10FFFF", document("&#x110000;")],
  ["a reference that is far above", document("&#99999999999999999999;")],
  ["a reference to a surrogate", document("&#xD800;")],
  ["a reference to NUL", document("&#0;")],
  ["a reference to a control character", document("&#x1;")],
  ["a reference to U+FFFE", document("&#xFFFE;")],
  ["an unknown entity", document("&nbsp;")],
  ["an entity of the language", document("&toString;")],
  ["an ampersand by itself", document("a&b")],
  ["a control character", document("a\u0001b")],
  [
    "bytes that are not UTF-8",
    new Uint8Array([...new TextEncoder().encode("<Delete><Object><Key>"), 0xff]),
  ],
  ["no document", ""],
  ["a document of its own type", `<!DOCTYPE x [<!ENTITY a "k">]>${document("&a;")}`],
  ["a key in CDATA", document("<![CDATA[k]]>")],
  ["a key in a key", document("<Key>k</Key>")],
  ["a key outside of an object", "<Delete><Key>k</Key></Delete>"],
  ["an object without a key", "<Delete><Object></Object></Delete>"],
  ["an end that is missing", "<Delete><Object><Key>k</Key></Object>"],
  ["more after the end", `${document("k")}<Key>k</Key>`],
  ["another root", document("k").replaceAll("Delete", "Remove")],
  ["1001 keys", `<Delete>${"<Object><Key>k</Key></Object>".repeat(1001)}</Delete>`],
])("%s is rejected, and nothing is deleted", async (_, body) => {
  await put("k");
  const response = await remove(body);
  expect(response.status).toBe(400);
  expect(response.body).toContain("<Code>MalformedXML</Code>");
  expect(await isThere("k")).toBe(true);
});

test.each(["VersionId", "ETag", "Size", "LastModifiedTime"])(
  "%s, which would be ignored, is rejected by name",
  async (name) => {
    await put("k");
    const body = `<Delete><Object><Key>k</Key><${name}>1</${name}></Object></Delete>`;
    const response = await remove(body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.body).toContain(name);
    expect(await isThere("k")).toBe(true);
  },
);

test("a quiet request is answered without the keys", async () => {
  await put("k");
  const body = `<Delete><Object><Key>k</Key></Object><Quiet>true</Quiet></Delete>`;
  const response = await remove(body);
  expect(response.status).toBe(200);
  expect(response.body).not.toContain("<Key>");
  expect(await isThere("k")).toBe(false);
});
