/** Filter policies that fauxqs would evaluate at a cost beyond all measure. */
import { unsupported } from "../../aws-protocol/errors.ts";
import type { Form } from "../../aws-protocol/query-protocol.ts";
import { attributeIn } from "./attributes.ts";

/**
 * Refuses a filter policy with a wildcard pattern of more than one `*`. AWS takes three; fauxqs makes
 * a regular expression of it, and the time that takes grows with a power of the message's length.
 * @throws AwsError InvalidParameter
 */
export function refuseCostlyFilter(operation: string, parameters: Form): void {
  const policy = filterPolicyIn(operation, parameters);
  if (policy === undefined) return;
  try {
    JSON.parse(policy, refuseCostlyPattern);
  } catch (error) {
    // fauxqs refuses what is no JSON in its own words.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

function filterPolicyIn(operation: string, parameters: Form): string | undefined {
  if (operation === "Subscribe") return attributeIn(parameters, "FilterPolicy");
  const isSet =
    operation === "SetSubscriptionAttributes" && parameters.get("AttributeName") === "FilterPolicy";
  return isSet ? parameters.get("AttributeValue") : undefined;
}

function refuseCostlyPattern(key: string, value: unknown): unknown {
  if (key === "wildcard" && typeof value === "string" && value.split("*").length > 2) {
    throw unsupported("filter policies with several * in a pattern", "InvalidParameter");
  }
  return value;
}
