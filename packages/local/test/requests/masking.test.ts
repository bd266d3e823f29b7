/** What is personal or secret in a recorded request is masked wherever it occurs. */
import { describe, expect, it } from "vitest";
import { maskingOf } from "../../src/requests/masking.ts";

const bodyOf = (name: string) => JSON.stringify({ name });

describe("a name that was sent", () => {
  it.each([
    ["in the response", "Ada", '{"message":"Hello Ada. Greetings!"}'],
    ["trimmed", " Ada ", "Hello Ada."],
    ["in JSON of JSON", 'A"da', JSON.stringify({ message: 'Hello A"da.' })],
    ["in a URL", "Ada Lovelace", "/greet/Ada%20Lovelace?x=Ada+Lovelace"],
    ["of one letter", "A", "Hello A."],
    ["with letters of any script", "Zoë", "Hello Zoë."],
    ["that is a pattern", "A.*", "Hello A.*."],
    ["in a nested field", "Ada", "Hello Ada."],
  ])("is masked %s", (_, name, text) => {
    const { text: masked } = maskingOf({
      bodies: [JSON.stringify({ person: { firstName: name } })],
    });
    expect(masked(text)).toContain("***");
    expect(masked(text)).not.toContain(name.trim());
  });

  it("is not masked within longer words", () => {
    expect(maskingOf({ bodies: [bodyOf("A")] }).text("An Apple, A.")).toBe("An Apple, ***.");
  });

  it.each([" ", "", ".", '"', " - "])("is not masked where it is no more than %j", (name) => {
    const text = 'Hello, "A - b". Greetings!';
    expect(maskingOf({ bodies: [bodyOf(name), name] }).text(text)).toBe(text);
  });

  it("is masked where it is a picture", () => {
    expect(maskingOf({ bodies: [bodyOf("😀")] }).text("Hello 😀.")).toBe("Hello ***.");
  });

  it("is not looked for in other fields", () => {
    const body = JSON.stringify({ color: "red" });
    expect(maskingOf({ bodies: [body] }).body(body)).toBe(body);
  });
});

it("a body that is no JSON is masked as a whole", () => {
  expect(maskingOf({ bodies: ["name=Ada"] }).body("name=Ada")).toBe("*** (8)");
});

it("what a query says of a person is masked", () => {
  expect(maskingOf({ target: "/x?name=Ada&page=2" }).text("/x?name=Ada&page=2")).toBe(
    "/x?name=***&page=2",
  );
});

describe("a name that was sent in another notation", () => {
  it.each([
    [
      "with escapes of JSON",
      { bodies: ['{"name":"\\u0041da"}'] },
      '{"name":"\\u0041da"}',
      "Hello Ada.",
    ],
    ["with a solidus", { bodies: ['{"name":"A\\/da"}'] }, '{"name":"A\\/da"}', "Hello A/da."],
    ["percent-encoded", { target: "/x?name=%41da" }, "/x?name=%41da", "Hello Ada."],
    ["in a form", { bodies: ["color=red&name=Ada"] }, "name=Ada", "Hello Ada."],
    ["in no form at all", { bodies: ["I am Ada"] }, "body: I am Ada", "[I am Ada]"],
  ])("is masked as it was sent and as it is: %s", (_, sent, asSent, asItIs) => {
    const { text } = maskingOf(sent);
    for (const given of [asSent, asItIs]) {
      expect(text(given)).toContain("***");
      expect(text(given)).not.toMatch(/da/);
    }
  });

  it("is masked in an event that has the body as a string", () => {
    const body = JSON.stringify({ name: 'A"da' });
    expect(maskingOf({ bodies: [body] }).text(JSON.stringify({ body }))).not.toContain("da");
  });
});

it("the values of headers with credentials are masked in every text, each of them", () => {
  const headers = [
    ["Authorization", "Basic b3BlbiBzZXNhbWU="],
    ["authorization", "second"],
    ["X-Amz-Security-Token", "IQoJb3Jp"],
    ["Cookie", "theme=dark; sid=s3cr3t"],
  ] as const;
  const line = `headers: {${headers.map(([name, value]) => `${name}=${value}`).join(", ")}}`;
  expect(maskingOf({ headers }).text(`${line} b3BlbiBzZXNhbWU= s3cr3t`)).toBe(
    "headers: {Authorization=***, authorization=***, X-Amz-Security-Token=***, Cookie=***} *** ***",
  );
});

it("tokens and addresses of e-mail are masked everywhere", () => {
  const { text, headers } = maskingOf({});
  expect(text("of ada@example.com with eyJhbGci.eyJzdWIi.c2ln!")).toBe("of *** with ***!");
  expect(text("GET /users/ada%40example.com/mails")).toBe("GET /users/***/mails");
  expect(
    headers([
      ["Authorization", "Bearer abc"],
      ["cookie", "a=b"],
      ["X-Api-Key", "key"],
      ["accept", "*/*"],
    ]),
  ).toEqual([
    ["Authorization", "***"],
    ["cookie", "***"],
    ["X-Api-Key", "***"],
    ["accept", "*/*"],
  ]);
});

describe("a request that is made to be expensive to mask", () => {
  it("may be nested as deeply as its size allows", () => {
    const body = `${"[".repeat(30_000)}{"name":"Ada"}${"]".repeat(30_000)}`;
    expect(maskingOf({ bodies: [body] }).text("Hello Ada.")).toBe("Hello ***.");
  });

  it("is masked as a whole when it has hundreds of values that are personal", () => {
    const names = Array.from({ length: 500 }, (_, number) => `a${number}`);
    const inBody = maskingOf({ bodies: [JSON.stringify({ name: names })] });
    const inQuery = maskingOf({ target: `/?${names.map((name) => `name=${name}`).join("&")}` });
    for (const { text, body, headers } of [inBody, inQuery]) {
      expect(text("Hello a7.")).toBe("*** (9)");
      expect(body('"a7"')).toBe("*** (4)");
      expect(headers([["accept", "a7"]])).toEqual([["accept", "***"]]);
    }
  });

  // By the square of its length it would take minutes.
  it.each(["a", "eyJ", "-eyJ-", "a@"])("takes no longer for many of %s", (part) => {
    const { text } = maskingOf({ bodies: [bodyOf("Ada")] });
    expect(text(part.repeat(500_000)).length).toBeGreaterThan(0);
  });
});
