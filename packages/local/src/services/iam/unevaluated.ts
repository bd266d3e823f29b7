/** Lists the conditions of a policy that the local cloud cannot evaluate. */
import * as z from "zod";
import { isKnownOperator } from "./conditions.ts";
import { isKnownKey } from "./context.ts";

const statement = z.looseObject({
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
const document = z.looseObject({ Statement: z.union([statement, z.array(statement)]) });

/**
 * The conditions of a policy, as JSON, that are never met in an allow and always in a deny, by
 * operator and key (`IpAddress aws:SourceIp`). None for a text that is no policy.
 */
export function unevaluatedConditions(json: string): string[] {
  const { data } = document.safeParse(JSON.parse(json));
  if (data === undefined) return [];
  return [data.Statement].flat().flatMap(({ Condition }) =>
    Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.keys(keys)
        .filter((key) => !isKnownOperator(operator) || !isKnownKey(key))
        .map((key) => `${operator} ${key}`),
    ),
  );
}
