/** Which filter policies are rejected. */
import { describe, expect, test } from "vitest";
import { setUpFilteredTopics } from "./filtered-topics.ts";
import { topicWithQueue } from "./topic-with-queue.ts";

const { attributesOf, cloud, setAttribute } = setUpFilteredTopics();
const values = (length: number, prefix = "v") => Array.from({ length }, (_, n) => `${prefix}${n}`);

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns_filter_policy.snapshot.json
// Source: https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
describe("a policy is rejected, and the one before stays", () => {
  test.each<[string, unknown, string]>([
    ["that is no JSON", "{", "failed to parse JSON"],
    ["that is no object", "[]", "must be"],
    ["without a list", { key: "x" }, `"key" must be an object or an array`],
    [
      "with an operator without a list",
      { key: { suffix: "x" } },
      `"suffix" must be an object or an array`,
    ],
    ["with an empty list", { key: [] }, "Empty arrays are not allowed"],
    [
      "with a list in a list",
      { key: [["x"]] },
      "Match value must be String, number, true, false, or null",
    ],
    ["with an unknown operator", { key: [{ matches: "x" }] }, "Unrecognized match type matches"],
    [
      "with wildcard, which SNS does not document",
      { key: [{ wildcard: "*a*" }] },
      "Unrecognized match type wildcard",
    ],
    [
      "with two operators in one",
      { key: [{ suffix: "x", prefix: "y" }] },
      "Only one key allowed in match expression",
    ],
    ["with no operator", { key: [{}] }, "match"],
    [
      "with a suffix that is no text",
      { key: [{ suffix: 1 }] },
      "suffix match pattern must be a string",
    ],
    [
      "with a prefix that is no text",
      { key: [{ prefix: null }] },
      "prefix match pattern must be a string",
    ],
    [
      "with another case that is no text",
      { key: [{ "equals-ignore-case": ["x"] }] },
      "equals-ignore-case match pattern must be a string",
    ],
    [
      "with exists that is no boolean",
      { key: [{ exists: "no" }] },
      "exists match pattern must be either true or false.",
    ],
    [
      "with anything-but of a suffix",
      { key: [{ "anything-but": { suffix: "x" } }] },
      "Unsupported anything-but pattern: suffix",
    ],
    [
      "with anything-but of exists",
      { key: [{ "anything-but": { exists: false } }] },
      "Unsupported anything-but pattern: exists",
    ],
    [
      "with anything-but of a prefix that is no text",
      { key: [{ "anything-but": { prefix: false } }] },
      "prefix match pattern must be a string",
    ],
    ["with anything-but of a boolean", { key: [{ "anything-but": true }] }, "anything but"],
    [
      "with anything-but of a mixed list",
      { key: [{ "anything-but": ["x", 1] }] },
      "mixed type is not supported",
    ],
    [
      "with anything-but of nothing",
      { key: [{ "anything-but": [] }] },
      "mixed type is not supported",
    ],
    ["with a number of over a billion", { key: [1_000_000_001] }, "-1000000000 to 1000000000"],
    ["with one too small", { key: [{ numeric: ["<", -1e10] }] }, "-1000000000 to 1000000000"],
    ["with six decimal places", { key: [{ "anything-but": [1.000001] }] }, "five digits"],
    ["with an empty range", { key: [{ numeric: [] }] }, "Invalid member in numeric match: ]"],
    ["with a range that is no list", { key: [{ numeric: 1 }] }, "numeric"],
    [
      "with an unknown comparison",
      { key: [{ numeric: ["!=", 1] }] },
      "Unrecognized numeric range operator: !=",
    ],
    [
      "with a number first",
      { key: [{ numeric: [1, "<="] }] },
      "Invalid member in numeric match: 1",
    ],
    [
      "with a text for a number",
      { key: [{ numeric: ["=", "1"] }] },
      "Value of equals must be numeric",
    ],
    ["with no number", { key: [{ numeric: [">="] }] }, "Value of >= must be numeric"],
    [
      "with a range upside down",
      { key: [{ numeric: ["<", 100, ">", 10] }] },
      "Too many elements in numeric expression",
    ],
    [
      "with two lower ends",
      { key: [{ numeric: [">=", 1, ">", 2] }] },
      "Bad numeric range operator: >",
    ],
    [
      "with an empty range of numbers",
      { key: [{ numeric: [">", 3, "<", 1] }] },
      "Bottom must be less than top",
    ],
    ["with no upper end", { key: [{ numeric: [">", 20, "<="] }] }, "Value of <= must be numeric"],
    ["with two numbers", { key: [{ numeric: [">", 20, 30] }] }, "Bad value in numeric range: 30"],
    [
      "with a third end",
      { key: [{ numeric: [">", 20, "<", 30, "<", 50] }] },
      "Too many terms in numeric range expression",
    ],
    [
      "with cidr that is no text",
      { key: [{ cidr: ["x"] }] },
      "prefix match pattern must be a string",
    ],
    [
      "with cidr without a mask",
      { key: [{ cidr: "10.0.0.0" }] },
      "Malformed CIDR, one '/' required",
    ],
    [
      "with cidr whose mask is no number",
      { key: [{ cidr: "10.0.0.0/x" }] },
      "Malformed CIDR, mask bits must be an integer",
    ],
    ["with cidr whose mask is too long", { key: [{ cidr: "10.0.0.0/33" }] }, "Malformed CIDR"],
    [
      "with cidr of no address",
      { key: [{ cidr: "xx.11.xx/8" }] },
      "Nonstandard IP address: xx.11.xx",
    ],
    [
      "of six keys",
      Object.fromEntries("abcdef".split("").map((key) => [key, ["x"]])),
      "more than 5 keys",
    ],
    [
      "of 1000 combinations",
      { a: values(10, "a"), b: values(10, "b"), c: values(10, "c") },
      "Filter policy is too complex",
    ],
    ["with a nested key", { object: { key: ["x"] } }, "does not support nested filter policy"],
    ["with one choice in $or", { $or: [{ a: ["x"] }] }, "Unrecognized match type a"],
    ["with a text in $or", { $or: ["x", { a: ["x"] }] }, "Unrecognized match type a"],
    [
      "with an operator as a choice",
      { $or: [{ prefix: ["x"] }, { a: ["x"] }] },
      "prefix match pattern must be a string",
    ],
    ["of more than 256 KB", { key: ["x".repeat(262_145)] }, "too long"],
    [
      "that is nested too deeply to read",
      `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      "FilterPolicy",
    ],
  ])("%s", async (_, policy, message) => {
    const kept = JSON.stringify({ kept: ["x"] });
    await setAttribute("MessageAttributes", "FilterPolicy", kept);
    await expect(setAttribute("MessageAttributes", "FilterPolicy", policy)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
    expect(await attributesOf("MessageAttributes")).toMatchObject({ FilterPolicy: kept });
  });

  test("also by Subscribe, which then makes no subscription", async () => {
    const FilterPolicy = JSON.stringify({ key: [{ matches: "x" }] });
    await expect(topicWithQueue(cloud(), "rejected", { FilterPolicy })).rejects.toThrow(
      "Invalid parameter: FilterPolicy: Unrecognized match type matches",
    );
    const subscriptions = cloud().topics.subscriptions();
    expect(subscriptions.filter(({ topicArn }) => topicArn.endsWith(":rejected"))).toEqual([]);
  });
});

test("a policy with a character that XML cannot hold is read back with a replacement", async () => {
  await setAttribute("MessageAttributes", "FilterPolicy", `{"key":["\ufffe😀"]}`);
  expect(await attributesOf("MessageAttributes")).toMatchObject({
    FilterPolicy: `{"key":["\ufffd😀"]}`,
  });
});

const set = (policy: object) => setAttribute("MessageBody", "FilterPolicy", policy);

test("nested keys count with their depth, and only those on top as keys", async () => {
  const policy = { a: { b: { c: values(4) } }, d: { e: values(3) } };
  await expect(set(policy)).resolves.toBeUndefined();
  await expect(set({ ...policy, f: values(3) })).rejects.toThrow("too complex");
  const $or = [{ a: values(6) }, { b: values(4), $or: [{ c: values(4) }, { d: values(7) }] }];
  await expect(set({ s: values(3), $or })).resolves.toBeUndefined();
  await expect(set({ s: values(4), $or })).rejects.toThrow("too complex");
});

test("a scope that is neither is rejected, and one that a nested policy does not fit too", async () => {
  await setAttribute("MessageBody", "FilterPolicy", { a: { b: ["x"] } });
  for (const scope of ["Body", "MessageAttributes"]) {
    await expect(setAttribute("MessageBody", "FilterPolicyScope", scope)).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  }
  expect(await attributesOf("MessageBody")).toMatchObject({ FilterPolicyScope: "MessageBody" });
});
