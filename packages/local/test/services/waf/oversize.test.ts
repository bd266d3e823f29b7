/** Components that are larger than what is inspected. */
import { describe, expect, it } from "vitest";
import { bytes } from "./web-acls.ts";
import {
  type Asked,
  body,
  byte,
  cookies,
  headerOrder,
  headers,
  isMatch,
  size,
} from "./statements.ts";

// Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html

type Header = [name: string, value: string];

const many = (count: number) => Array.from({ length: count }, (_, at): Header => [`a${at}`, ""]);
const manyCookies = (count: number) =>
  Array.from({ length: count }, (_, at) => `c${at}=`).join("; ");
const bad: Header = ["z", "bad"];

/** What is at the limit, and what is beyond it with `bad` in what is not inspected. */
const components: [string, (handling: string) => object, Asked, Asked][] = [
  ["200 headers", headers, { headers: many(200) }, { headers: [...many(200), bad] }],
  [
    "8 KB of headers",
    headers,
    { headers: [["a", "x".repeat(8191)]] },
    { headers: [["a", "x".repeat(8191)], bad] },
  ],
  [
    "8 KB of the names of headers",
    headers,
    { headers: [["a".repeat(8192), ""]] },
    { headers: [["a".repeat(8192), ""], bad] },
  ],
  [
    "200 headers of one name",
    headers,
    { headers: Array.from({ length: 200 }, (): Header => ["a", ""]) },
    { headers: [...Array.from({ length: 200 }, (): Header => ["a", ""]), bad] },
  ],
  [
    "200 cookies",
    cookies,
    { headers: [["cookie", manyCookies(200)]] },
    { headers: [["cookie", `${manyCookies(200)}; z=bad`]] },
  ],
  [
    "200 cookies in several headers",
    cookies,
    {
      headers: [
        ["Cookie", manyCookies(100)],
        ["cookie", manyCookies(100)],
      ],
    },
    {
      headers: [
        ["Cookie", manyCookies(100)],
        ["cookie", manyCookies(100)],
        ["COOKIE", "z=bad"],
      ],
    },
  ],
  [
    "8 KB of cookies",
    cookies,
    { headers: [["cookie", `a=${"x".repeat(8191)}`]] },
    { headers: [["cookie", `a=${"x".repeat(8191)}; z=bad`]] },
  ],
  [
    "16 KB of body",
    body,
    { body: Buffer.alloc(16_384, "a") },
    { body: Buffer.concat([Buffer.alloc(16_384, "a"), bytes("bad")]) },
  ],
];

describe.each(components)("beyond %s", (_, component, atLimit, beyond) => {
  it("nothing is inspected with CONTINUE", () => {
    const statement = byte(component("CONTINUE"), "CONTAINS", "bad");
    expect(isMatch(statement, beyond)).toBe(false);
  });

  it("MATCH matches, whatever the statement asks, and NO_MATCH does not", () => {
    const never = byte(component("MATCH"), "EXACTLY", "never");
    const always = size(component("NO_MATCH"), "GE", 0);
    expect([isMatch(never, atLimit), isMatch(never, beyond)]).toEqual([false, true]);
    expect([isMatch(always, atLimit), isMatch(always, beyond)]).toEqual([true, false]);
  });
});

describe("the order of headers", () => {
  it("is inspected up to the limit, or decided by its oversize handling", () => {
    const two: Asked = {
      headers: [
        ["host", ""],
        ["user-agent", "x"],
      ],
    };
    expect(isMatch(byte(headerOrder("CONTINUE"), "EXACTLY", "host:user-agent"), two)).toBe(true);
    const beyond: Asked = { headers: [...many(200), ["z", ""]] };
    expect(isMatch(byte(headerOrder("CONTINUE"), "ENDS_WITH", ":z"), beyond)).toBe(false);
    expect(isMatch(byte(headerOrder("MATCH"), "EXACTLY", "never"), beyond)).toBe(true);
  });
});

describe("a body larger than is inspected", () => {
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
  const atLimit = { body: Buffer.alloc(16_384, "a") };
  const beyond = { body: Buffer.concat([Buffer.alloc(16_384, "a"), bytes("bad")]) };
  it.each([
    ["MATCH", true],
    ["NO_MATCH", false],
    ["CONTINUE", true],
    [undefined, true],
  ])("with %s and a statement that its first 16 KB match: %s", (handling, expected) => {
    expect(isMatch(byte(body(handling), "STARTS_WITH", "aa"), atLimit)).toBe(true);
    expect(isMatch(byte(body(handling), "STARTS_WITH", "aa"), beyond)).toBe(expected);
  });

  it("may be longer than the part of it that the firewall has", () => {
    const part = { body: Buffer.alloc(20_000, "a"), bodySize: 5_000_000 };
    expect(isMatch(byte(body("MATCH"), "EXACTLY", "never"), part)).toBe(true);
    const stated = { body: bytes("a"), bodySize: 5_000_000 };
    expect(isMatch(byte(body("MATCH"), "EXACTLY", "never"), stated)).toBe(true);
  });

  it("may end in the middle of a letter", () => {
    const cut = { body: Buffer.concat([Buffer.alloc(16_383, "a"), bytes("é"), bytes("bad")]) };
    expect(isMatch(byte(body("CONTINUE"), "ENDS_WITH", "a"), cut)).toBe(false);
    expect(isMatch(size(body("CONTINUE"), "EQ", 16_384), cut)).toBe(true);
    expect(isMatch(byte(body("CONTINUE"), "CONTAINS", "bad"), cut)).toBe(false);
  });

  it("counts as 16 KB for a size constraint that continues", () => {
    expect(isMatch(size(body("CONTINUE"), "GT", 16_384), beyond)).toBe(false);
    expect(isMatch(size(body("CONTINUE"), "GE", 16_384), beyond)).toBe(true);
    expect(isMatch(size(body("MATCH"), "GT", 20_000), beyond)).toBe(true);
  });

  it.each([
    ["KB_16", 16_384],
    ["KB_32", 32_768],
    ["KB_48", 49_152],
    ["KB_64", 65_536],
  ])("is larger than %s if the web ACL says so", (name, limit) => {
    const associationConfig = {
      requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: name } }],
    };
    const oversize = byte(body("MATCH"), "EXACTLY", "x");
    const has = (length: number) =>
      isMatch(oversize, { body: Buffer.alloc(length) }, { associationConfig });
    expect([has(limit), has(limit + 1)]).toEqual([false, true]);
  });
});
