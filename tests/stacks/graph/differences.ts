/** Where two stages' graphs differ, once the names that are made for each stage are made alike. */
import type { GraphResource } from "@secure-lambda/local";
import { isDeepStrictEqual } from "node:util";
import type { DeployedStage } from "./deployed.ts";

const STACK = "pulumi:pulumi:Stack";

/** An input that differs, as `TYPE NAME path.to.input`; places in lists are left out. */
export function differencesBetween(one: DeployedStage, other: DeployedStage): string[] {
  const [first, second] = [alike(one), alike(other)];
  const keys = new Set([...first.keys(), ...second.keys()]);
  const found = [...keys].flatMap((key) =>
    pathsThatDiffer(first.get(key), second.get(key)).map((path) => `${key} ${path.join(".")}`),
  );
  return [...new Set(found)].toSorted();
}

/** A stage's inputs by type and name, in which each made value is replaced by whose it is. */
function alike({ stage, graph }: DeployedStage): Map<string, unknown> {
  const { resources } = graph();
  const made = resources.flatMap(madeValues).toSorted(([a], [b]) => b.length - a.length);
  return new Map(
    resources
      .filter(({ type }) => type !== STACK)
      .map(({ type, name, inputs }) => {
        const unlike = JSON.stringify(inputs);
        const named = made.reduce((text, [value, whose]) => text.replaceAll(value, whose), unlike);
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

/** Of what has names of the stage in it: a code bundle, the API's snapshot. */
const digest = /\b[0-9a-f]{64}\b/g;

/**
 * What deploying has made: ids, ARNs, generated names, and the keys of code objects, whose bundles
 * SST encrypts for each stage. Short texts are no names.
 */
function madeValues({ type, name, id, inputs, outputs }: GraphResource): [string, string][] {
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
