/** Data protection of a web ACL: what its log and its samples hold. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { serve } from "./logged-requests.ts";
import { ask, environment } from "./web-acls.ts";

/** What an action makes of a value. Source: https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-masking.html */
const hash = (content: string) =>
  createHash("sha256").update(`${environment.account}${content}`).digest("base64");

const protect = (fieldType: string, fieldKeys?: string[], action = "SUBSTITUTION") => ({
  action,
  field: { fieldType, ...(fieldKeys && { fieldKeys }) },
});

/** What log and samples hold of one request to a web ACL with these protections. */
function record(dataProtections: object[], redactedFields: object[] = []) {
  const { waf, arn, line } = serve(
    [],
    { redactedFields },
    { dataProtectionConfig: { dataProtections } },
  );
  ask(waf, {
    queryString: "a=one&B=two&c",
    headers: [
      ["Authorization", "Bearer token"],
      ["X-Api-Key", "key"],
      ["Cookie", "a=one; b=two=2; three"],
      ["User-Agent", "curl"],
    ],
    body: Buffer.from("body"),
  });
  const [sample] = waf.samples(arn);
  return { logged: line(0), sampled: sample?.request };
}

const headersOf = (authorization: string, key: string, cookie: string, agent: string) => [
  { name: "Authorization", value: authorization },
  { name: "X-Api-Key", value: key },
  { name: "Cookie", value: cookie },
  { name: "User-Agent", value: agent },
];

describe("data protection", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-limitations.html
  it.each<[string, object[], object]>([
    ["nothing", [protect("BODY")], { args: "a=one&B=two&c" }],
    [
      "headers by name, in any case",
      [protect("SINGLE_HEADER", ["authorization", "X-API-KEY"])],
      { headers: headersOf("REDACTED", "REDACTED", "a=one; b=two=2; three", "curl") },
    ],
    [
      "every header, but the names of cookies",
      [protect("SINGLE_HEADER")],
      {
        headers: headersOf("REDACTED", "REDACTED", "a=REDACTED; b=REDACTED; REDACTED", "REDACTED"),
      },
    ],
    [
      "a cookie by name",
      [protect("SINGLE_COOKIE", ["b"])],
      { headers: headersOf("Bearer token", "key", "a=one; b=REDACTED; three", "curl") },
    ],
    [
      "every cookie",
      [protect("SINGLE_COOKIE")],
      { headers: headersOf("Bearer token", "key", "a=REDACTED; b=REDACTED; REDACTED", "curl") },
    ],
    [
      "an argument by name",
      [protect("SINGLE_QUERY_ARGUMENT", ["b"])],
      { args: "a=one&B=REDACTED&c" },
    ],
    [
      "every argument",
      [protect("SINGLE_QUERY_ARGUMENT")],
      { args: "a=REDACTED&B=REDACTED&REDACTED" },
    ],
    ["the query, its names as well", [protect("QUERY_STRING")], { args: "REDACTED" }],
    [
      "by hashes of account and content",
      [protect("QUERY_STRING", undefined, "HASH"), protect("SINGLE_HEADER", ["x-api-key"], "HASH")],
      {
        args: hash("a=one&B=two&c"),
        headers: headersOf("Bearer token", hash("key"), "a=one; b=two=2; three", "curl"),
      },
    ],
    [
      "by substitution where both are asked for",
      [
        protect("SINGLE_HEADER", ["x-api-key"], "HASH"),
        protect("SINGLE_HEADER", ["authorization", "x-api-key"]),
      ],
      { headers: headersOf("REDACTED", "REDACTED", "a=one; b=two=2; three", "curl") },
    ],
  ])("hides %s", (_, protections, httpRequest) => {
    expect(record(protections).logged).toMatchObject({ httpRequest });
  });

  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging.html
  it("holds for samples as well, which the log's redaction does not change", () => {
    const protections = [protect("QUERY_STRING"), protect("SINGLE_HEADER", ["user-agent"])];
    expect(record(protections).sampled).toMatchObject({
      args: "REDACTED",
      headers: headersOf("REDACTED", "REDACTED", "REDACTED", "REDACTED"),
    });
    const redacted = [{ queryString: {} }, { singleHeader: { name: "user-agent" } }];
    expect(record([protect("BODY")], redacted).sampled).toMatchObject({
      args: "a=one&B=two&c",
      headers: headersOf("REDACTED", "REDACTED", "REDACTED", "curl"),
    });
  });

  it("leaves an absent query as it is", () => {
    const config = { dataProtectionConfig: { dataProtections: [protect("QUERY_STRING")] } };
    const { waf, line } = serve([], {}, config);
    ask(waf, { queryString: "" });
    expect(line(0)).toMatchObject({ httpRequest: { args: "" } });
  });

  // Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_FieldToProtect.html
  it.each<[string, object[], string]>([
    ["no protection", [], "dataProtections"],
    ["27 protections", Array.from({ length: 27 }, () => protect("BODY")), "dataProtections"],
    ["another field", [protect("URI_PATH")], "fieldType"],
    ["another action", [protect("BODY", undefined, "ENCRYPTION")], "action"],
    ["keys of a body", [protect("BODY", ["name"])], "fieldKeys"],
    ["an empty key", [protect("SINGLE_HEADER", [" "])], "fieldKeys"],
    ["a long key", [protect("SINGLE_HEADER", ["a".repeat(65)])], "fieldKeys"],
    ["101 keys", [protect("SINGLE_HEADER", Array.from({ length: 101 }, String))], "fieldKeys"],
    ["an unknown setting", [{ ...protect("BODY"), excludeSamples: true }], "excludeSamples"],
  ])("with %s is rejected by name", (_, protections, name) => {
    expect(() => record(protections)).toThrow(name);
  });
});
