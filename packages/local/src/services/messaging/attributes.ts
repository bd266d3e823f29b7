/** Attributes of topics and subscriptions in the query protocol. */
import type { Form } from "../../aws-protocol/query-protocol.ts";

/**
 * An attribute among the numbered ones of a form, as fauxqs reads them: the last of that name that has
 * a value; undefined for none.
 */
export function attributeIn(parameters: Form, attribute: string): string | undefined {
  const values = parameters.entries().map(([name, value]) => {
    const [, entry] = /^(Attributes\.entry\.\d+\.)key$/.exec(name) ?? [];
    return entry !== undefined && value === attribute ? parameters.get(`${entry}value`) : undefined;
  });
  return [...values].findLast((value) => value !== undefined);
}
