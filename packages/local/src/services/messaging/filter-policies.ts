/** Rejects filter policies whose evaluation in fauxqs would backtrack too long (ReDoS). */
import { unsupported } from "../../aws-protocol/errors.ts";
import type { Form } from "../../aws-protocol/query-protocol.ts";
import { attributeIn } from "./attributes.ts";

/**
 * Rejects a filter policy with a wildcard pattern of more than one `*`. AWS allows three; fauxqs
 * compiles it to a regular expression whose time grows polynomially with the message's length.
 * @throws AwsError InvalidParameter
 */
export function rejectExpensiveFilter(operation: string, parameters: Form): void {
  const policy = filterPolicyIn(operation, parameters);
  if (policy === undefined) return;
  try {
    JSON.parse(policy, rejectExpensivePattern);
  } catch (error) {
    // fauxqs rejects invalid JSON itself.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

function filterPolicyIn(operation: string, parameters: Form): string | undefined {
  if (operation === "Subscribe") return attributeIn(parameters, "FilterPolicy");
  const isSet =
    operation === "SetSubscriptionAttributes" && parameters.get("AttributeName") === "FilterPolicy";
  return isSet ? parameters.get("AttributeValue") : undefined;
}

function rejectExpensivePattern(key: string, value: unknown): unknown {
  if (key === "wildcard" && typeof value === "string" && value.split("*").length > 2) {
    throw unsupported("filter policies with several * in a pattern", "InvalidParameter");
  }
  return value;
}
