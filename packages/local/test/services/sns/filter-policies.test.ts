/** Which messages a filter policy lets through. */
import type { MessageAttributeValue } from "@aws-sdk/client-sns";
import { describe, expect, test } from "vitest";
import { array, number, string } from "../sqs/attribute-values.ts";
import { setUpFilteredTopics } from "./filtered-topics.ts";

const { attributesMatch, bodyMatches } = setUpFilteredTopics();

// Source: https://docs.aws.amazon.com/sns/latest/dg/example-filter-policies.html
describe("AWS's example", () => {
  const order = {
    customer_interests: ["soccer", "rugby", "hockey"],
    store: "example_corp",
    event: "order_placed",
    price_usd: 210.75,
  };
  const attributes = {
    customer_interests: array("soccer", "rugby", "hockey"),
    store: string("example_corp"),
    event: string("order_placed"),
    price_usd: number("210.75"),
  };
  const accepting = {
    store: ["example_corp"],
    event: [{ "anything-but": "order_cancelled" }],
    customer_interests: ["rugby", "football", "baseball"],
    price_usd: [{ numeric: [">=", 100] }],
  };
  const rejecting = { store: ["example_corp"], event: ["order_cancelled"], encrypted: [false] };

  test.each([
    ["accepts", accepting, true],
    ["rejects", rejecting, false],
  ])("%s the message, by its attributes and by its body", async (_, policy, matches) => {
    expect(await attributesMatch(policy, attributes)).toBe(matches);
    expect(await bodyMatches(policy, order)).toBe(matches);
  });
});

type Value = string | number | boolean | null | readonly (string | number | boolean | null)[];
const attributeOf = (value: Value): MessageAttributeValue =>
  typeof value === "string"
    ? string(value)
    : typeof value === "number"
      ? number(String(value))
      : array(...[value].flat());

// Source: https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
// Source: https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
// Source: https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
describe("a condition", () => {
  const rows: [unknown[], Value, boolean][] = [
    [["rugby", "tennis"], "rugby", true],
    [["rugby", "tennis"], "Rugby", false],
    [["rugby", "tennis"], ["rugby", "tennis"], true],
    [["rugby", "tennis"], ["soccer", "tennis"], true],
    [["rugby", "tennis"], ["baseball"], false],
    [[{ "anything-but": ["rugby", "tennis"] }], "baseball", true],
    [[{ "anything-but": ["rugby", "tennis"] }], "rugby", false],
    [[{ "anything-but": ["rugby", "tennis"] }], ["rugby", "baseball"], true],
    [[{ "anything-but": ["rugby", "tennis"] }], ["rugby"], false],
    [[{ "anything-but": "rugby" }], "rugby", false],
    [[{ "anything-but": "rugby" }], "tennis", true],
    [[{ "anything-but": { prefix: "order-" } }], "data-entry", true],
    [[{ "anything-but": { prefix: "order-" } }], "order-cancelled", false],
    [[{ "anything-but": [100, 500] }], 101, true],
    [[{ "anything-but": [100, 500] }], 100, false],
    [[{ "anything-but": [100, 500] }], [100, 50], true],
    [[{ "anything-but": 100 }], 100, false],
    [[{ "equals-ignore-case": "TENNIS" }], "tennis", true],
    [[{ "equals-ignore-case": "TENNIS" }], "tenniss", false],
    [[{ prefix: "bas" }], "baseball", true],
    [[{ prefix: "bas" }], "rugby", false],
    [[{ prefix: "bas" }], ["rugby", "basketball"], true],
    [[{ suffix: "ball" }], "baseball", true],
    [[{ suffix: "ball" }], "rugby", false],
    [[{ cidr: "10.0.0.0/24" }], "10.0.0.255", true],
    [[{ cidr: "10.0.0.0/24" }], "10.0.0.256", false],
    [[{ cidr: "10.0.0.0/24" }], "10.1.1.0", false],
    [[{ cidr: "10.0.0.0/24" }], "ten", false],
    [[{ cidr: "2001:db8:1234:1a00::/64" }], "2001:0db8:1234:1a00:0000:0000:0000:0000", true],
    [[{ cidr: "2001:db8:1234:1a00::/64" }], "2001:0db8:123f:1a01:0000:0000:0000:0000", false],
    [[301.5], 301.5, true],
    [["301.5"], 301.5, false],
    [[301.5], "301.5", false],
    [[{ numeric: ["=", 301.5] }], 3.015e2, true],
    [[{ numeric: ["=", 301.5] }], 301.6, false],
    [[999_999_999.12345], 999_999_999.12345, true],
    [[{ numeric: ["<=", 1e9] }], -1e9, true],
    [[{ numeric: ["<", 0] }], -1, true],
    [[{ numeric: ["<", 0] }], 0, false],
    [[{ numeric: [">", 0, "<=", 150] }], 150, true],
    [[{ numeric: [">", 0, "<=", 150] }], 0, false],
    [[{ numeric: [">", 0, "<=", 150] }], 151, false],
    [[{ numeric: [">", 0] }], "1", false],
    [[{ numeric: [">", 0] }], [-1, 1], true],
    [[true], [true], true],
    [[true], ["true"], false],
    [[null], [null], true],
    [[{ exists: true }], "fans", true],
    [[{ exists: false }], "fans", false],
    [[{ exists: false }, "fans"], "fans", true],
    [["other", { prefix: "f" }], "fans", true],
  ];
  test.each(rows)("%j of %j: %s", async (conditions, value, matches) => {
    const policy = { key: conditions };
    expect(await attributesMatch(policy, { key: attributeOf(value) })).toBe(matches);
    expect(await bodyMatches(policy, { key: value })).toBe(matches);
  });

  test("for what is absent is met only by exists: false, if anything is there at all", async () => {
    const absent = { key: [{ exists: false }] };
    expect(await attributesMatch(absent, { other: string("x") })).toBe(true);
    expect(await bodyMatches(absent, { other: "x" })).toBe(true);
    expect(await attributesMatch(absent, {})).toBe(false);
    expect(await attributesMatch({ key: [{ exists: true }] }, { other: string("x") })).toBe(false);
    for (const condition of [
      "x",
      null,
      { "anything-but": "x" },
      { "anything-but": { prefix: "x" } },
    ]) {
      expect(await attributesMatch({ key: [condition] }, { other: string("x") })).toBe(false);
      expect(await bodyMatches({ key: [condition] }, { other: "x" })).toBe(false);
    }
  });

  test("looks at no binary attribute", async () => {
    const key = { DataType: "Binary", BinaryValue: new TextEncoder().encode("x") };
    expect(await attributesMatch({ key: ["x"] }, { key })).toBe(false);
  });
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html
describe("$or", () => {
  const policy = {
    source: ["aws.cloudwatch"],
    $or: [
      { metricName: ["CPUUtilization"] },
      { metricType: ["MetricType"], $or: [{ metricId: [1234] }, { spaceId: [1000] }] },
    ],
  };
  const source = "aws.cloudwatch";
  test.each([
    [{ source, metricName: "CPUUtilization" }, true],
    [{ source, metricType: "MetricType", metricId: 1234 }, true],
    [{ source, metricType: "MetricType", spaceId: 1000 }, true],
    [{ source, metricType: "MetricType" }, false],
    [{ source, metricId: 1234 }, false],
    [{ metricName: "CPUUtilization" }, false],
  ])("%j: %s", async (body, matches) => {
    const attributes = Object.entries(body).map(([key, value]) => [key, attributeOf(value)]);
    expect(await attributesMatch(policy, Object.fromEntries(attributes))).toBe(matches);
    expect(await bodyMatches(policy, body)).toBe(matches);
  });

  test("is a property like any other without two objects to choose from", async () => {
    expect(await bodyMatches({ $or: ["x"] }, { $or: "x" })).toBe(true);
    expect(await bodyMatches({ $or: ["x"] }, { or: "x" })).toBe(false);
  });

  test("below a key is about what is below that key", async () => {
    const nested = { detail: { scope: ["Service"], $or: [{ source: ["a"] }, { type: ["b"] }] } };
    expect(await bodyMatches(nested, { detail: { scope: "Service", type: "b" } })).toBe(true);
    expect(await bodyMatches(nested, { detail: { scope: "Service" }, type: "b" })).toBe(false);
  });
});

const nested = (open: string, close: string) => `${open.repeat(9999)}1${close.repeat(9999)}`;
const record = (eventName: string, key: string) => ({ eventName, s3: { object: [[{ key }]] } });

// Source: https://github.com/localstack/localstack/blob/8b9a79f/tests/aws/services/sns/test_sns_filter_policy.py
describe("a body", () => {
  const records = {
    Records: {
      s3: { object: { key: [{ prefix: "auto-" }] } },
      eventName: [{ prefix: "ObjectCreated:" }],
    },
  };

  test.each([
    ["with lists in lists", records, { Records: [record("ObjectCreated:Put", "auto-1")] }, true],
    ["with other values", records, { Records: [record("ObjectRemoved:Put", "auto-1")] }, false],
    ["with a list below a key", { h: { to: ["q1"] } }, { h: { to: ["q2", "q1"] } }, true],
    ["with an empty list", { a: ["x"] }, { a: "x", list: [] }, true],
    ["with keys that have dots", { "a.b.c": ["x"] }, { a: { "b.c": "x" } }, true],
    ["with an empty text", { a: { b: [""] } }, { a: { b: "", c: null } }, true],
    ["with null where a value must exist", { a: [{ exists: true }] }, { a: null }, false],
    ["with __proto__", { __proto__x: ["y"] }, `{"__proto__":{"a":1},"__proto__x":"y"}`, true],
    ["nested deeply", { a: ["x"] }, `{"b":${nested("[", "]")},"a":"x"}`, true],
    ["of keys nested deeply", { a: ["x"] }, `{"b":${nested(`{"c":`, "}")},"a":"x"}`, true],
    ["that is no JSON", { a: [{ exists: false }] }, "text", false],
    ["that is no object", { a: [{ exists: false }] }, `"text"`, false],
    ["that is a list", { a: ["x"] }, `[{"a":"x"}]`, false],
  ])("%s", async (_, policy, body, matches) => {
    expect(await bodyMatches(policy, body)).toBe(matches);
  });

  test("with many lists takes no time", async () => {
    const lists = Array.from({ length: 200 }, (_, n) => [
      `k${n}`,
      Array.from({ length: 20 }, String),
    ]);
    const body = { ...Object.fromEntries(lists), kind: "x" };
    expect(await bodyMatches({ kind: ["x"], k199: ["y"] }, body)).toBe(false);
  });
});
