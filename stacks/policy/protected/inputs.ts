/** The rule about the inputs of protected stages' resources: no rule sees what an unknown one does. */
import { functionWithVariables } from "../code.ts";
import { created, type Rule } from "../graph.ts";
import { hasLimits } from "../limits/index.ts";
import { admittedInputs, admittedTypes, isAdmitted } from "./admitted.ts";
import { knownInputs } from "./known-inputs.ts";

const known = new Map(
  Object.entries(knownInputs).map(([type, { judged = "", harmless = "" }]) => [
    type,
    new Set(`${judged} ${harmless}`.split(/\s+/)),
  ]),
);

const inputsAreKnown: Rule<"inputs-are-known"> = {
  name: "inputs-are-known",
  check: (graph) =>
    created(graph)
      .filter(({ type }) => isLookedAt(type))
      .flatMap(({ type, name, inputs }) =>
        [...Object.keys(inputs), ...variablesIn(inputs)]
          .filter((input) => !isKnown(type, input))
          .map((input) => ({
            resource: name,
            message: `has the input ${input}, of which no rule knows what it does: admit it for ${type} in stacks/policy/protected/admitted.ts, with the reason`,
          })),
      ),
};

/** Not one that `types-are-known` refuses, or that is admitted as a whole. */
const isLookedAt = (type: string) =>
  (known.has(type) || hasLimits(type)) && !isAdmitted(admittedTypes, type);

/** Each variable of a function's environment counts as an input: a name does not tell what it holds. */
const variablesIn = (inputs: object) =>
  Object.keys(functionWithVariables.safeParse(inputs).data?.environment?.variables ?? {}).map(
    (name) => `environment.variables.${name}`,
  );

const isKnown = (type: string, input: string) =>
  known.get(type)?.has(input) === true || isAdmitted(admittedInputs[type] ?? {}, input);

/**
 * Except names, which SST chooses at random, and tags, which it leaves as they are on what is imported.
 * Of admitted types, such as databases, it ignores changes of versions too: these are not looked at.
 */
const changesAreDeployed: Rule<"changes-are-deployed"> = {
  name: "changes-are-deployed",
  check: (graph) =>
    created(graph)
      .filter(({ type }) => isLookedAt(type))
      .flatMap(({ name, ignoreChanges = [] }) =>
        ignoreChanges
          .filter((input) => !["name", "tags", "tagsAll"].includes(input))
          .map((input) => ({
            resource: name,
            message: `must not ignore changes of ${input}: what the rules see would not be deployed`,
          })),
      ),
};

/** Every rule about the inputs of protected stages. */
export const protectedInputRules = [inputsAreKnown, changesAreDeployed];
