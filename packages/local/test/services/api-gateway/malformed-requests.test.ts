/** The gateway with what is no HTTP, and with paths that could be read in two ways. */
import { describe, expect, it } from "vitest";
import { head, last, statuses, setUpListener } from "./raw-connections.ts";

const { answerTo, harness, sendRaw, statusOfOther } = setUpListener();

describe("what is no HTTP", () => {
  it.each([
    ["garbage", "NONSENSE\r\n\r\n"],
    ["an unknown version", head("GET /a HTTP/9.9")],
    ["a request line without a target", head("GET HTTP/1.1")],
    ["no Host", "GET /a HTTP/1.1\r\n\r\n"],
    ["a target that is no path", head("GET a HTTP/1.1", last)],
    [
      "two ways to tell the length",
      `${head("POST /a HTTP/1.1", "content-length: 3", "transfer-encoding: chunked")}0\r\n\r\n`,
    ],
    ["two lengths", `${head("POST /a HTTP/1.1", "content-length: 3", "content-length: 4")}abcd`],
    ["a length that is no number", head("POST /a HTTP/1.1", "content-length: +3")],
    ["a space before the colon", head("POST /a HTTP/1.1", "content-length : 3")],
    ["a line that goes on in the next", head("GET /a HTTP/1.1", "x: 1", " y")],
    ["a chunk without a size", `${head("POST /a HTTP/1.1", "transfer-encoding: chunked")}x\r\n`],
  ])("is answered 400, and the connection is closed: %s", async (_, bytes) => {
    expect(statuses(await sendRaw(bytes))).toEqual([400]);
    expect(harness().events).toEqual([]);
  });

  it("ends the connection when it comes behind a request, whose response is lost", async () => {
    expect(statuses(await sendRaw(`${head("GET /a HTTP/1.1")}NONSENSE\r\n\r\n`))).toEqual([400]);
    expect(await statusOfOther()).toBe(200);
  });
});

describe("a path", () => {
  // Assumed: API Gateway matches the path that was sent.
  it.each(["/x/../a", "/./a", "/x/%2e%2e/a", "/%2E/a", "/a/.", "/b%2fc", "/b/./c", "/%61", "/a#b"])(
    "is matched as it was sent: %s is no route",
    async (target) => {
      const answer = await answerTo(target);
      expect(statuses(answer)).toEqual([403]);
      expect(answer).toContain("Missing Authentication Token");
      expect(harness().events).toEqual([]);
    },
  );

  it.each([
    ["/b/c?next=/../d&x=%2F", "/b/c", { next: "/../d", x: "/" }],
    ["http://127.0.0.1/a?x=1", "/a", { x: "1" }],
  ])("reaches the function as it was sent: %s", async (target, path, queryStringParameters) => {
    expect(statuses(await answerTo(target))).toEqual([200]);
    expect(harness().events).toMatchObject([{ path, queryStringParameters }]);
  });

  it.each(["http://127.0.0.1/x/../a", "http://127.0.0.1"])(
    "is matched as it was sent in a whole URL as well: %s",
    async (target) => {
      expect(statuses(await answerTo(target))).toEqual([403]);
    },
  );

  it("with a backslash is rejected", async () => {
    expect(statuses(await answerTo("/x\\..\\a"))).toEqual([400]);
  });
});
