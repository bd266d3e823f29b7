/** The rule about the resource types of protected stages: no rule sees what an unknown one does. */
import { created, type GraphResource, type Rule } from "../graph.ts";
import { hasLimits } from "../limits/index.ts";
import { admittedTypes, isAdmitted } from "./admitted.ts";

/** Components have no id. The settings of a provider, which no rule sees, may be another account's. */
const typesAreKnown: Rule<"types-are-known"> = {
  name: "types-are-known",
  check: (graph) =>
    created(graph)
      .filter((resource) => resource.id !== "" && !isKnown(resource))
      .map(({ name, type }) => ({
        resource: name,
        message: `is of a type that no rule knows: admit ${type} in stacks/policy/protected/admitted.ts, with the reason`,
      })),
};

const isKnown = ({ type }: GraphResource) => hasLimits(type) || isAdmitted(admittedTypes, type);

/** Every rule about the types of protected stages. */
export const protectedTypeRules = [typesAreKnown];
