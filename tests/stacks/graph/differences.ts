/** The differences between two stages' graphs, after names and ids of each stage are replaced. */
import type { GraphResource } from "@secure-lambda/local";
import { isDeepStrictEqual } from "node:util";
import type { DeployedStage } from "./deployed.ts";

const STACK = "pulumi:pulumi:Stack";

/** The inputs that differ, as `TYPE NAME path.to.input`; indexes of lists are left out. */
export function differencesBetween(one: DeployedStage, other: DeployedStage): string[] {
  const [first, second] = [normalizedInputs(one), normalizedInputs(other)];
  const keys = new Set([...first.keys(), ...second.keys()]);
  const found = [...keys].flatMap((key) =>
    pathsThatDiffer(first.get(key), second.get(key)).map((path) => `${key} ${path.join(".")}`),
  );
  return [...new Set(found)].toSorted();
}

/** A stage's inputs by type and name, in which each generated value is replaced by its owner. */
function normalizedInputs({ stage, graph }: DeployedStage): Map<string, unknown> {
  const { resources } = graph();
  const generated = resources.flatMap(generatedValues).toSorted(([a], [b]) => b.length - a.length);
  return new Map(
    resources
      .filter(({ type }) => type !== STACK)
      .map(({ type, name, inputs }) => {
        const named = generated.reduce(
          (json, [value, owner]) => json.replaceAll(value, owner),
          JSON.stringify(inputs),
        );
        const text = named
          .replaceAll(new RegExp(String.raw`\b${stage}\b`, "g"), "STAGE")
          .replaceAll(keyMaterial, '$1KEY$2"')
          .replaceAll(digest, "DIGEST");
        return [`${shortType(type)} ${name}`, JSON.parse(text)];
      }),
  );
}

/** The modulus and the id of a public key, in JSON within JSON. */
const keyMaterial = /(\\"(?:n|kid)\\":\\")[^"\\]+(\\)"/g;

/** Digests of what contains names of the stage: a code bundle, the API's snapshot. */
const digest = /\b[0-9a-f]{64}\b/g;

/**
 * Values that the deployment generated: ids, ARNs, names, and the keys of code objects, whose
 * bundles SST encrypts for each stage. Short texts are not names.
 */
function generatedValues({ type, name, id, inputs, outputs }: GraphResource): [string, string][] {
  const values = Object.entries({ id, ...outputs }).filter(
    ([key, value]) => !isDeepStrictEqual(inputs[key], value),
  );
  return [...values, ["name", inputs["name"]], ["key", inputs["key"]]].flatMap(
    ([key, value]): [string, string][] =>
      typeof value === "string" && value.length > 8
        ? [[JSON.stringify(value).slice(1, -1), `<${shortType(type)} ${name} ${String(key)}>`]]
        : [],
  );
}

const shortType = (type: string) => type.split(":").at(-1) ?? type;

function pathsThatDiffer(one: unknown, other: unknown): string[][] {
  if (isDeepStrictEqual(one, other)) return [];
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((value, index) => pathsThatDiffer(value, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) return [[]];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) =>
    pathsThatDiffer(one[key], other[key]).map((path) => [key, ...path]),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
