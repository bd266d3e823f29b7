/** Good and bad bodies, over HTTP against the deployed app. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";

let app: SharedApp;
let authorization: string;
beforeAll(async () => {
  app = await useSharedApp();
  authorization = `Bearer ${await app.token(1)}`;
});
afterAll(() => app?.close());

/** What the gateway's model refuses is answered with the one field that there is. */
const refused: [string, unknown][] = [
  ["malformed JSON", '{"name":'],
  ["no body", ""],
  ["an array", []],
  ["no name", {}],
  ["an empty name", { name: "" }],
  ["a name of spaces", { name: "   " }],
  ["a name of 257 characters", { name: "a".repeat(257) }],
  ["a name that is a number", { name: 7 }],
  ["a name with a control character", { name: "A\u0007da" }],
  ["a name with a line break", { name: "Ada\nGrace" }],
  ["an unknown key", { name: "Ada", topicArn: "arn:aws:sns:us-east-1:1:t" }],
];

describe("a bad body", () => {
  it.each(refused)("is answered with 400 and the field: %s", async (_, body) => {
    const response = await app.post("/lambda1", { authorization, body });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    await expect(response.json()).resolves.toMatchObject({
      status: 400,
      errors: expect.arrayContaining([expect.objectContaining({ field: "name" })]),
    });
  });

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

describe("a name from anywhere", () => {
  it.each([
    ["emoji", "👩‍👩‍👧‍👦 Ada 🚀"],
    ["right-to-left", "عائشة"],
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
