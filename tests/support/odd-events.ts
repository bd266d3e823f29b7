/** Events that no well-meaning sender makes: odd values in every place, the same ones in each run. */

import * as fc from "fast-check";

/** An event, and what is odd about it. */
export type OddEvent = readonly [title: string, event: unknown];

const oddValues: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1.5,
  1e308,
  [],
  [[]],
  [null],
  {},
  { "": "" },
  { length: 1 },
  { a: null },
  { a: [1] },
  { a: ["\uD800"] },
  { "\uDFFF": ["a"] },
  { "a b": ["1"] },
  "",
  " ",
  "\0",
  "\uD800",
  "a\uDFFFb",
  "\u0085\u2028\u202E\uFEFF\uFFFF",
  "1\r\nb: 2",
  "\u001B[31m",
  "=",
  "!!!!",
  "a=b",
  "%",
  "%E0%A4%A",
  "/%",
  "/\uD800",
  "//a.example/lambda1",
  "/../lambda1",
  "/lambda1?a=b#c",
  ":x",
  "@a.example/lambda1",
  "CONNECT",
  "TRACE",
  "GET",
  "HEAD",
  "brew",
  "A B",
  "__proto__",
  "é".repeat(100),
  "x".repeat(20_000),
];

/** An event for each odd value in a place. */
export function withOdd(place: string, eventOf: (value: unknown) => unknown): OddEvent[] {
  return oddValues.map((value) => [`${place} ${titleOf(value)}`, eventOf(value)]);
}

/** Copies of a value, some of whose fields hold anything that JSON can: the same in each run. */
export function withAnything(good: object, count: number): OddEvent[] {
  const fields = Object.entries(good).map(([field, value]) => {
    const same = { weight: 3, arbitrary: fc.constant<unknown>(value) };
    return [field, fc.oneof(same, { weight: 1, arbitrary: fc.jsonValue() })] as const;
  });
  const events = fc.sample(fc.record(Object.fromEntries(fields)), { seed: 1, numRuns: count });
  return events.map((event, index) => [`anything ${index}`, event]);
}

/** Values that are no event at all, and the events of other services. */
export const foreignEvents: readonly OddEvent[] = [
  ["null", null],
  ["a text", "POST /lambda1"],
  ["a number", 1],
  ["a list", [{}]],
  ["deep", JSON.parse(`${"[".repeat(1_000)}${"]".repeat(1_000)}`)],
  ["empty", {}],
  ["of a load balancer", { requestContext: { elb: {} }, path: "/lambda1", httpMethod: "POST" }],
  [
    "of an HTTP API",
    {
      version: "2.0",
      rawPath: "/lambda1",
      rawQueryString: "a=\uD800",
      requestContext: { http: { method: "POST" }, domainName: "a.example" },
      cookies: ["\uD800"],
    },
  ],
  ["of VPC Lattice", { requestContext: { serviceArn: "a" }, path: "/lambda1", method: "POST" }],
  ["of SQS", { Records: [{ eventSource: "aws:sqs", body: "{}" }] }],
  ["of a schedule", { source: "aws.events", "detail-type": "Scheduled Event", detail: {} }],
];

function titleOf(value: unknown): string {
  const text = JSON.stringify(value) ?? "left out";
  return text.length <= 40 ? text : `${text.slice(0, 40)}… (${text.length})`;
}
