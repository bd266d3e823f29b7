/** The request model of API Gateway, compared with the zod schema that it is generated from. */
import { greetRequest } from "@secure-lambda/functions/contract";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { requestModelSchema } from "../../stacks/api/request-model.ts";
import { anyText, runs } from "../core/domain/name-arbitraries.ts";

const model = z
  .object({
    $schema: z.literal("http://json-schema.org/draft-04/schema#"),
    type: z.literal("object"),
    properties: z.object({
      name: z.strictObject({
        type: z.literal("string"),
        description: z.string(),
        minLength: z.number(),
        maxLength: z.number(),
      }),
    }),
    required: z.array(z.string()),
    additionalProperties: z.literal(false),
  })
  .parse(JSON.parse(requestModelSchema(greetRequest)));

const { minLength, maxLength } = model.properties.name;

const isValid = (fields: object) =>
  greetRequest.schema.safeParse({ ...greetRequest.example, ...fields }).success;

/** The lengths that a validator may count: UTF-16 units or code points. */
const lengths = (name: string) => [name.length, Array.from(name).length];

const family = "👨‍👩‍👧‍👦";

describe("the request model", () => {
  it("is draft 4, requires a name that is a string and rejects every other key", () => {
    expect(model.required).toContain("name");
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
    expect(isValid({ name })).toBe(true);
    for (const length of lengths(name)) {
      expect(length).toBeGreaterThanOrEqual(minLength);
      expect(length).toBeLessThanOrEqual(maxLength);
    }
  });

  it("accepts whatever the function accepts", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        fc.pre(isValid({ name }));
        for (const length of lengths(name)) {
          expect(length).toBeGreaterThanOrEqual(minLength);
          expect(length).toBeLessThanOrEqual(maxLength);
        }
      }),
      runs,
    );
  });

  it("has the same limits of length as the function", () => {
    expect(isValid({ name: "a".padEnd(maxLength) })).toBe(true);
    expect(isValid({ name: "a".padEnd(maxLength + 1) })).toBe(false);
    expect(isValid({ name: "" })).toBe(false);
  });
});
