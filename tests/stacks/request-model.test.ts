/** The request model of API Gateway, compared with the zod schema that it is generated from. */
import { greetRequestSchema } from "@secure-lambda/functions/contract";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { requestModelSchema } from "../../stacks/api/request-model.ts";
import { anyText, runs } from "../core/domain/name-arbitraries.ts";

const model = z
  .strictObject({
    $schema: z.literal("http://json-schema.org/draft-04/schema#"),
    type: z.literal("object"),
    properties: z.strictObject({
      name: z.strictObject({
        type: z.literal("string"),
        description: z.string(),
        minLength: z.number(),
        maxLength: z.number(),
      }),
    }),
    required: z.tuple([z.literal("name")]),
    additionalProperties: z.literal(false),
  })
  .parse(JSON.parse(requestModelSchema()));

const { minLength, maxLength } = model.properties.name;

/** The lengths that a validator may count: UTF-16 units or code points. */
const lengths = (name: string) => [name.length, Array.from(name).length];

const family = "👨‍👩‍👧‍👦";

describe("the request model", () => {
  it("is draft 4, requires a name that is a string and rejects every other key", () => {
    expect(model.required).toEqual(["name"]);
    expect(model.additionalProperties).toBe(false);
  });

  it.each([
    ["one letter", "A"],
    ["256 letters", "a".repeat(256)],
    ["256 letters and as many spaces as fit", "a".repeat(256).padEnd(1_024)],
    ["93 families of 11 units, which users count as 93", family.repeat(93)],
    ["letters of two code points each", "e\u0301".repeat(256)],
    ["notes that NFC makes longer", "\u{1D160}".repeat(170)],
    ["256 emoji of two units each", "🚀".repeat(256)],
    ["right to left", "عائشة"],
  ])("accepts every valid name, however lengths are counted: %s", (_, name) => {
    expect(greetRequestSchema.safeParse({ name }).success).toBe(true);
    for (const length of lengths(name)) {
      expect(length).toBeGreaterThanOrEqual(minLength);
      expect(length).toBeLessThanOrEqual(maxLength);
    }
  });

  it("accepts whatever the function accepts", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        fc.pre(greetRequestSchema.safeParse({ name }).success);
        for (const length of lengths(name)) {
          expect(length).toBeGreaterThanOrEqual(minLength);
          expect(length).toBeLessThanOrEqual(maxLength);
        }
      }),
      runs,
    );
  });

  it("has the same limits of length as the function", () => {
    expect(greetRequestSchema.safeParse({ name: "a".padEnd(maxLength) }).success).toBe(true);
    expect(greetRequestSchema.safeParse({ name: "a".padEnd(maxLength + 1) }).success).toBe(false);
    expect(greetRequestSchema.safeParse({ name: "" }).success).toBe(false);
  });
});
