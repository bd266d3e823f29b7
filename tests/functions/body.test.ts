/** Which bodies a route takes. */
import { appName } from "@secure-lambda/functions/contract";
import { describe, expect, test } from "vitest";
import { bodyWith, post, readProblem, setUpApp } from "./set-up-app.ts";

const invalid = {
  type: `urn:${appName}:problem:invalid-request`,
  title: "Invalid request",
  status: 400,
};

/** A valid body, filled up with spaces. */
const padded = (bytes: number) => bodyWith({}).padEnd(bytes, " ");

/** A valid body with one more field, as text: `JSON.stringify` would leave out `__proto__`. */
const bodyAnd = (field: string) => `${bodyWith({}).slice(0, -1)},${field}}`;

describe("a name that meets the rules is greeted and published intact", () => {
  test.each([
    ["emoji of several code points", "👨‍👩‍👧‍👦"],
    ["right-to-left text", "שָׁלוֹם"],
    ["combining marks", "q\u0323\u0307"],
    ["256 characters", "é".repeat(256)],
    ["markup", "<b>Ada</b>"],
    ["JSON's own signs", '"},{"\\'],
  ])("such as %s", async (_, name) => {
    const { app, publisher } = setUpApp();
    const response = await post(app, { body: bodyWith({ name }) });
    expect(await response.json()).toMatchObject({
      message: `Hello ${name}. Greetings from ExternalLambda1! Message forwarded to InternalLambda.`,
    });
    expect(publisher.published).toMatchObject([{ name }]);
  });

  test("such as one that is made uniform first", async () => {
    const { app, publisher } = setUpApp();
    await post(app, { body: bodyWith({ name: "  Ame\u0301lie " }) });
    expect(publisher.published).toMatchObject([{ name: "Amélie" }]);
  });
});

describe("a body is refused with the field that is wrong, and nothing is published,", () => {
  const cases: [string, string, string, string][] = [
    ["malformed", '{"name":', "(body)", "must be well-formed JSON"],
    ["empty", "", "(body)", "must be well-formed JSON"],
    ["in single quotes", "{'name':'Ada'}", "(body)", "must be well-formed JSON"],
    ["two documents", '{"name":"Ada"}{}', "(body)", "must be well-formed JSON"],
    ["null", "null", "(body)", "must be a JSON object"],
    ["a list", '[{"name":"Ada"}]', "(body)", "must be a JSON object"],
    ["a string", '"Ada"', "(body)", "must be a JSON object"],
    ["without a name", bodyWith({ name: undefined }), "name", "is required"],
    ["with a null name", bodyWith({ name: null }), "name", "must be a string"],
    ["with a number for a name", bodyWith({ name: 7 }), "name", "must be a string"],
    ["with a list for a name", bodyWith({ name: ["Ada"] }), "name", "must be a string"],
    [
      "with an empty name",
      bodyWith({ name: "" }),
      "name",
      "must have at least 1 visible character",
    ],
    [
      "with a name of 257 characters",
      bodyWith({ name: "a".repeat(257) }),
      "name",
      "must be at most 256 characters long",
    ],
    [
      "with NUL in the name",
      bodyWith({ name: "A\u0000da" }),
      "name",
      "must not contain control characters or line separators",
    ],
    [
      "with a line feed at the name's end",
      bodyWith({ name: "Ada\n" }),
      "name",
      "must not contain control characters or line separators",
    ],
    [
      "with a lone surrogate in the name",
      bodyWith({ name: "Ada\ud83d" }),
      "name",
      "must be well-formed Unicode, without lone surrogates",
    ],
    ["with another key", bodyAnd('"admin":true'), "admin", "is not a known field"],
    ["with __proto__", bodyAnd('"__proto__":{}'), "__proto__", "is not a known field"],
    ["with constructor", bodyAnd('"constructor":1'), "constructor", "is not a known field"],
  ];

  test.each(cases)("when it is %s", async (_, body, field, message) => {
    const { app, publisher } = setUpApp();
    const problem = await readProblem(await post(app, { body }));
    expect(problem).toMatchObject({ ...invalid, errors: [{ field, message }] });
    expect(publisher.published).toEqual([]);
  });

  test("each wrong field is named", async () => {
    const { app } = setUpApp();
    const { errors } = await readProblem(
      await post(app, { body: bodyWith({ name: 7, a: 1, b: 2 }) }),
    );
    expect(errors?.map(({ field }) => field)).toEqual(["name", "a", "b"]);
  });

  test("of many long unknown keys only the first ten are named, each by its start", async () => {
    const { app, publisher } = setUpApp();
    const keys = Array.from({ length: 50 }, (_, index) => [`${index}-${"k".repeat(200)}`, 1]);
    const body = bodyWith(Object.fromEntries(keys));
    const { errors } = await readProblem(await post(app, { body }));
    expect(errors).toHaveLength(10);
    expect(errors?.[0]?.field).toBe(`0-${"k".repeat(62)}…`);
    expect(publisher.published).toEqual([]);
  });

  test("the refused value is not repeated", async () => {
    const { app } = setUpApp();
    const response = await post(app, { body: bodyWith({ name: "hunter2\n" }) });
    expect(await response.text()).not.toContain("hunter2");
  });
});

describe("a body's content type", () => {
  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON;charset=UTF-8",
    "application/json ; profile=x",
  ])("may be %s", async (contentType) => {
    const response = await post(setUpApp().app, { headers: { "Content-Type": contentType } });
    expect(response.status).toBe(200);
  });

  test.each([
    "",
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/problem+json",
    "application/jsonx",
    "text/plain; application/json",
    "application/json, text/plain",
  ])("may not be %j", async (contentType) => {
    const { app, publisher } = setUpApp();
    const response = await post(app, { headers: { "Content-Type": contentType } });
    expect(response.headers.get("accept")).toBe("application/json");
    expect(await readProblem(response)).toMatchObject({ status: 415 });
    expect(publisher.published).toEqual([]);
  });
});

describe("a body's size", () => {
  test("may be 16 KiB", async () => {
    expect((await post(setUpApp().app, { body: padded(16_384) })).status).toBe(200);
  });

  test.each([
    ["a byte more", padded(16_385), {}],
    ["more in bytes than in characters", bodyWith({ name: "é".repeat(8_192) }), {}],
    ["more than its header says", padded(16_385), { "Content-Length": "14" }],
    ["more than its broken header says", padded(16_385), { "Content-Length": "none" }],
  ])("may not be %s", async (_, body, headers) => {
    const { app, publisher } = setUpApp();
    expect(await readProblem(await post(app, { body, headers }))).toMatchObject({ status: 413 });
    expect(publisher.published).toEqual([]);
  });
});

describe("of several faults the first rule's is answered", () => {
  const oversized = "{".repeat(16_385);

  test.each([
    [401, { Authorization: "x", "Content-Type": "text/plain" }, oversized],
    [415, { "Content-Type": "text/plain" }, oversized],
    [413, {}, oversized],
    [400, {}, "{"],
  ])("with %i", async (status, headers, body) => {
    expect((await post(setUpApp().app, { headers, body })).status).toBe(status);
  });
});
