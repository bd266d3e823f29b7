/** The properties of a message that filter policies look at. */
import type { MessageAttributes } from "../../sqs/message-attributes.ts";

/** The values of each property by its path; a path has dots between its keys. */
export type Properties = ReadonlyMap<string, readonly unknown[]>;

/** The attributes; binary ones are left out (documented: SNS/subscription-filter-policy-constraints). */
export function propertiesOfAttributes(attributes: MessageAttributes): Properties {
  return new Map(
    Object.entries(attributes).flatMap(([name, { DataType, StringValue }]) => {
      if (StringValue === undefined) return [];
      if (DataType === "String.Array") return [[name, [JSON.parse(StringValue)].flat()]];
      return [[name, [DataType.startsWith("Number") ? Number(StringValue) : StringValue]]];
    }),
  );
}

/**
 * The properties of a body, also those in lists of objects; undefined for a body that is no JSON
 * object. Keys with dots are the same as keys in each other (recorded: LocalStack
 * test_filter_policy_on_message_body_dot_attribute).
 */
export function propertiesOfBody(body: string): Properties | undefined {
  const root = jsonIn(body);
  if (typeof root !== "object" || root === null || Array.isArray(root)) return undefined;
  const properties = new Map<string, unknown[]>();
  // Not recursive: a body may be nested as deeply as it is long.
  const left: [path: string, value: unknown][] = [["", root]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, value] = next;
    if (Array.isArray(value)) {
      for (const item of value) left.push([path, item]);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, below] of Object.entries(value)) {
        left.push([path === "" ? key : `${path}.${key}`, below]);
      }
    } else {
      const values = properties.get(path) ?? [];
      values.push(value);
      properties.set(path, values);
    }
  }
  return properties;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
