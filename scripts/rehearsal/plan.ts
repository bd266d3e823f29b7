/** The resources as lines by which two rehearsals are compared, with `diff`. */
import { appName } from "@secure-lambda/functions/contract";
import type { GraphResource } from "@secure-lambda/local";

/** Shorter values, such as `prod` and `ON`, are words of many inputs. */
const SHORTEST_ID = 8;

/** What two deployments of one app have otherwise, beside the ids: it says nothing of the app. */
const chosen: readonly (readonly [RegExp, string])[] = [
  // SST ends names with eight letters that must be unique in an account.
  [new RegExp(`(${appName}-[\\w-]+)-[a-z]{8}\\b`, "g"), "$1"],
  // Keys that SST creates for links, and Cognito for tokens.
  [/(\.SST_KEY|\.jwks\.keys\[\d+\]\.(?:kid|n)): .*/, "$1: (key)"],
  // Of inputs that are lines themselves.
  [/(^ *triggers\..*: )"[0-9a-f]{64}"/, "$1(digest)"],
  // Plans are shown in pull requests.
  [/[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g, "(address)"],
];

/**
 * One line for each resource and for each of its inputs, in one order; a policy has a line for each of its
 * parts. In place of the ids that AWS chooses are the names of their resources.
 */
export function planOf(resources: readonly GraphResource[]): string {
  const withNames = namesFor(resources);
  return resources
    .map(({ type, name, inputs }) => [
      `${name} ${type}`,
      ...linesOf(inputs, "").map((line) => `  ${withNames(line)}`),
    ])
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .toSorted((one, other) => (one < other ? -1 : 1))
    .join("\n");
}

/** `path: value`; a text that is JSON, such as a policy, is opened as well. */
function linesOf(value: unknown, path: string): string[] {
  if (typeof value === "string") {
    const parsed = /^\s*[[{]/.test(value) ? parsedJson(value) : undefined;
    return parsed === undefined ? [`${path}: ${JSON.stringify(value)}`] : linesOf(parsed, path);
  }
  if (typeof value !== "object" || value === null) return [`${path}: ${JSON.stringify(value)}`];
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(value)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(
          ([key, item]: [string, unknown]) => [path === "" ? key : `${path}.${key}`, item] as const,
        );
  if (entries.length === 0) return path === "" ? [] : [`${path}: ${JSON.stringify(value)}`];
  return entries.flatMap(([at, item]) => linesOf(item, at));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function namesFor(resources: readonly GraphResource[]): (line: string) => string {
  const names = new Map<string, string>();
  for (const { id, type, name, inputs, outputs } of resources) {
    if (!type.startsWith("aws:")) continue;
    const given = new Set(Object.values(inputs));
    for (const [output, value] of [["id", id], ...Object.entries(outputs)] as const) {
      if (typeof value !== "string" || value.length < SHORTEST_ID) continue;
      if (!given.has(value) && !names.has(value)) names.set(value, `\${${name}.${output}}`);
    }
  }
  const longestFirst = [...names].toSorted(([one], [other]) => other.length - one.length);
  return (line) =>
    chosen.reduce(
      (text, [pattern, shown]) => text.replace(pattern, shown),
      longestFirst.reduce((text, [value, name]) => text.replaceAll(value, name), line),
    );
}
