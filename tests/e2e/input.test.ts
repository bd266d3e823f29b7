/** Good and bad bodies, over HTTP against the deployed app. */
import fs from "node:fs";
import { gatewayProblems } from "../../stacks/api/gateway-problems.ts";
import { problems } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { untilLogs } from "../support/log-lines.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";

let app: SharedApp;
let authorization: string;
beforeAll(async () => {
  app = await useSharedApp();
  authorization = `Bearer ${await app.token(1)}`;
});
afterAll(() => app?.close());

/** What the gateway says of every body that its model refuses: what would be right. */
const byModel =
  gatewayProblems["BAD_REQUEST_BODY"]?.errors?.find(({ field }) => field === "name")?.message ??
  "none";
const invisible = "must have at least 1 visible character";
const unseen = "must hold only visible characters that Unicode defines, and ordinary spaces";
const control = "must not contain control characters or line separators";

/** Bodies, and what is said of the name, by whichever layer refuses first. */
const refused: [string, object | string, string][] = [
  ["malformed JSON", '{"name":', byModel],
  ["no body", "", byModel],
  ["an array", "[]", byModel],
  ["no name", "{}", byModel],
  ["an empty name", { name: "" }, byModel],
  ["a name of 1,100 letters", { name: "a".repeat(1_100) }, byModel],
  ["a name that is a number", { name: 7 }, byModel],
  ["an unknown key", { name: "Ada", topicArn: "arn:aws:sns:us-east-1:1:t" }, byModel],
  ["a name of spaces", { name: "   " }, invisible],
  ["a name of characters that show nothing", { name: "\u200B\u2800\u3164\u034F" }, unseen],
  ["a name with hidden text", { name: "Ada\u{E0068}\u{E0069}" }, unseen],
  ["a name that SQS would not take", { name: "Ada\uFFFF" }, unseen],
  ["a name of 257 characters", { name: "a".repeat(257) }, "must be at most 256 characters long"],
  ["a name with a control character", { name: "A\u0007da" }, control],
  ["a name with a line break", { name: "Ada\nGrace" }, control],
];

it("is what README sends faster than a route takes, so that no function has to keep up", async () => {
  const [, count, body = ""] =
    /lambda1\?\[1-(\d+)\]".* -d '([^']*)' --no-progress-meter/.exec(
      fs.readFileSync("README.md", "utf8"),
    ) ?? [];
  expect(Number(count)).toBeGreaterThan(settingsFor("local").throttle.burstLimit);
  const response = await app.post("/lambda1", { authorization, body });
  expect(response.status).toBe(400);
  // The function's own response names no type of error.
  expect(response.headers.get("x-amzn-errortype")).toBe("BadRequestException");
});

describe("a bad body", () => {
  it.each(refused)(
    "is answered with one problem and what is wrong: %s",
    async (_, body, message) => {
      const response = await app.post("/lambda1", { authorization, body });
      expect(response.status).toBe(400);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      await expect(response.json()).resolves.toMatchObject({
        ...problems.invalidRequest,
        errors: expect.arrayContaining([{ field: "name", message }]),
      });
    },
  );

  it.each(["text/plain", "application/xml", "application/x-www-form-urlencoded"])(
    "of type %s is answered with 415",
    async (contentType) => {
      const body = JSON.stringify({ name: "Ada" });
      const response = await app.post("/lambda1", { authorization, body, contentType });
      expect(response.status).toBe(415);
    },
  );

  it("never reaches InternalLambda", async () => {
    await app.post("/lambda1", { authorization, body: { name: "Sentinel" } });
    await app.greetings.arrived("Sentinel");
    expect(app.greetings.all()).toEqual(["Hello Sentinel. Greetings from InternalLambda!"]);
  });
});

it("is in the execution log by its error, with nothing of the token or the body", async () => {
  const group = namesOf("local").executionLog(apiId());
  const before = app.logs.read(group).length;
  const made = "eyJmYWtlIjoiZmFrZSJ9.eyJmYWtlIjoiZmFrZSJ9.ZmFrZQ";
  await app.post("/lambda1", { authorization: `Bearer ${made}`, body: { name: "Ada" } });
  await app.post("/lambda1", { authorization, body: { name: `Ada${"a".repeat(1_100)}` } });
  await app.post("/lambda1", { authorization, body: { "Ada Lovelace": 1 } });
  const lines = () => app.logs.read(group).map(({ message }) => message);
  await untilLogs(app.logs, () => lines().length >= before + 6);
  expect(lines().slice(before)).toEqual([
    expect.stringMatching(/^\(\S{36}\) Unauthorized request: \S{36}$/),
    expect.stringMatching(/Gateway response type: UNAUTHORIZED with status code: 401$/),
    expect.stringMatching(
      / Request body does not match model schema for content type \S+: \[\S+\]$/,
    ),
    expect.stringMatching(/Gateway response type: BAD_REQUEST_BODY with status code: 400$/),
    expect.stringContaining(" Request body does not match model schema "),
    expect.stringMatching(/Gateway response type: BAD_REQUEST_BODY with status code: 400$/),
  ]);
  const text = lines().join("\n");
  for (const secret of ["Ada", "Lovelace", made, authorization, "Bearer", "eyJ"]) {
    expect(text).not.toContain(secret);
  }
});

const apiId = () =>
  app.graph.find(({ type }) => type === "aws:apigateway/restApi:RestApi")?.id ?? "";

describe("a name from anywhere", () => {
  it.each([
    ["emoji", "👩‍👩‍👧‍👦 Ada 🚀"],
    ["right-to-left", "عائشة"],
    ["an ideograph above U+FFFF", "𠮷野家"],
    ["a joiner that spells", "علی\u200Cرضا"],
    ["combining marks", "Zoe\u0308"],
    ["scripts mixed", "李 Иван Ολυμπία"],
    ["markup and JSON", '<b>"Ada"</b> & {"name":"x"}'],
    ["an address that is only data", "http://169.254.169.254/latest/meta-data"],
  ])("is greeted intact, outside and inside: %s", async (_, name) => {
    const response = await app.post("/lambda1", { authorization, body: { name } });
    const greeted = name.normalize("NFC");
    await expect(response.json()).resolves.toMatchObject({
      message: `Hello ${greeted}. Greetings from ExternalLambda1! Message forwarded to InternalLambda.`,
    });
    await app.greetings.arrived(greeted);
  });
});
