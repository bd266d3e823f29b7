/** What limits are made of, as zod schemas: every input is optional, and others are not looked at. */
import * as z from "zod";

/** The limits of resource types: what AWS takes of their inputs. */
export type Limits = Readonly<Record<string, z.ZodType>>;

/** Text of 1 to `max` characters that match. */
export const text = (max: number, pattern = /[^]/) => z.string().min(1).max(max).regex(pattern);

/** A whole number of a range. */
export const whole = (min: number, max: number) => z.int().min(min).max(max);

/** A value of so many bytes at most: text, or JSON. The note follows what is wrong. */
export const bytes = (max: number, note?: string) =>
  z.unknown().refine((value) => sizeOf(value) <= max, {
    error: ({ input }) =>
      [`has ${sizeOf(input)} bytes and must have at most ${max}`, note].join(" ").trimEnd(),
  });

/** Members of an object. */
export const part = (members: z.ZodRawShape) => z.looseObject(members).partial();

/** Inputs of a resource, tags among them (the API model of CloudWatch Logs, the narrowest). */
export const inputs = (members: z.ZodRawShape = {}) => part({ ...members, tags });

const tags = z
  .record(text(128, /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu), z.string().max(256))
  .refine((all) => Object.keys(all).length <= 50, { error: "must be at most 50 tags" });

function sizeOf(value: unknown): number {
  return Buffer.byteLength(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
}
