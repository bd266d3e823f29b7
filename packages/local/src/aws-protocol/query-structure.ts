/** Structures in the query protocol: a parameter's name is a path, such as `Tags.member.1.Key`. */
import { unsupported } from "./errors.ts";
import { ambiguous, type Form } from "./query-protocol.ts";

/** The parameters below one step of a path. */
export type FormTree = ReadonlyMap<string, string | FormTree>;

/** Longer than any path of SNS and SQS. */
const longestPath = 10;

/** A form as a tree. @throws AwsError for a parameter that is both a text and a structure. */
export function treeOf(form: Form): FormTree {
  const root: Tree = new Map();
  for (const [name, value] of form) {
    const path = name.split(".");
    const last = path.pop() ?? "";
    if (path.length >= longestPath) throw ambiguous(`The parameter ${name} has too many parts.`);
    let node = root;
    for (const step of path) {
      const next: string | Tree = node.get(step) ?? new Map();
      if (typeof next === "string") throw ambiguous(`The parameters ${step} and ${name} conflict.`);
      node.set(step, next);
      node = next;
    }
    if (node.has(last)) throw ambiguous(`The parameter ${name} conflicts with one below it.`);
    node.set(last, value);
  }
  return root;
}

type Tree = Map<string, string | Tree>;

/** The items of a list by their numbers, which start at 1. @throws AwsError for other steps. */
export function itemsOf(tree: FormTree): (string | FormTree)[] {
  const wrong = tree.keys().find((step) => !/^[1-9]\d{0,8}$/.test(step));
  if (wrong !== undefined) throw ambiguous(`"${wrong}" does not number an item of a list.`);
  return [...tree]
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);
}

/** The entries of a map, which is a list of keys and values. @throws AwsError for other lists. */
export function entriesOf(tree: FormTree): Map<string, string | FormTree> {
  const entries = new Map<string, string | FormTree>();
  for (const item of itemsOf(tree)) {
    const entry: FormTree = typeof item === "string" ? new Map() : item;
    const key = keyNames.map((name) => entry.get(name)).find((found) => found !== undefined);
    const value = valueNames.map((name) => entry.get(name)).find((found) => found !== undefined);
    if (entry.size !== 2 || typeof key !== "string" || value === undefined) {
      throw ambiguous("An entry of a map has to have a key and a value.");
    }
    // Schemas would drop it without a word.
    if (key === "__proto__") throw unsupported("the key __proto__", "MalformedQueryString");
    if (entries.has(key)) throw ambiguous(`The key ${key} is there twice.`);
    entries.set(key, value);
  }
  return entries;
}

const keyNames = ["key", "Key", "Name"];
const valueNames = ["value", "Value"];

/** A structure, in which `member` is a list and `entry` a map, as in SNS. */
export function structureOf(tree: FormTree): object {
  const [list, map] = tree.size === 1 ? [tree.get("member"), tree.get("entry")] : [];
  if (typeof list === "object") return itemsOf(list).map(valueOf);
  const members = typeof map === "object" ? entriesOf(map) : tree;
  return Object.fromEntries([...members].map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(node: string | FormTree): unknown {
  return typeof node === "string" ? node : structureOf(node);
}
