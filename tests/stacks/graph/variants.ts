/** Inputs of which something is different. */
import * as z from "zod";

/** Inputs of a resource. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Copies of inputs in each of which one thing is different, at any depth. */
export function variantsOf(inputs: Inputs): Inputs[] {
  return [
    { ...inputs, another: "input" },
    ...Object.entries(inputs).flatMap(([key, value]) => [
      without(inputs, key),
      ...variantsOfValue(value).map((variant) => ({ ...inputs, [key]: variant })),
    ]),
  ];
}

function variantsOfValue(value: unknown): unknown[] {
  if (Array.isArray(value)) return [[...value, "another"], value.slice(1)];
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  return object.success ? variantsOf(object.data) : [`${String(value)} changed`];
}

/** Inputs but one. */
export const without = (inputs: Inputs, key: string): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== key));
