/** Publishes the same values under several sets of dimensions, as AWS's services do. */
import type { Measurement, Metric } from "./measurement.ts";

/** A set of dimensions; an empty one is a metric without dimensions. */
export type Dimensions = Metric["dimensions"];

/** A value of a metric whose dimensions are not chosen yet. */
export type Value = Omit<Measurement, "namespace" | "dimensions">;

/** Each of the values under each of the sets. */
export function underEach(
  namespace: string,
  dimensionSets: readonly Dimensions[],
  values: readonly Value[],
): Measurement[] {
  return dimensionSets.flatMap((dimensions) =>
    values.map((value) => ({ ...value, namespace, dimensions })),
  );
}
