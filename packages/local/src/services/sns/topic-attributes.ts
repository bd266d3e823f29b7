/** The attributes of topics (documented: SNS-API/SetTopicAttributes). */
import { unsupported } from "../../aws-protocol/errors.ts";
import { invalidParameter } from "./errors.ts";
import type { Attributes } from "./subscriptions.ts";

/** Whether the value of each attribute that can be set is valid. */
const settable = new Map<string, (value: string) => boolean>([
  ["DisplayName", (value) => /^\P{Cc}{0,100}$/u.test(value)],
  ["KmsMasterKeyId", () => true],
  ["Policy", (value) => value === "" || isObject(value)],
  ["SignatureVersion", (value) => value === "1" || value === "2"],
  ["TracingConfig", (value) => value === "Active" || value === "PassThrough"],
]);

/** Checks what attributes are set to. @throws AwsError InvalidParameter */
export function checkTopicAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const isValid = settable.get(name);
    if (isValid === undefined) throw unsupported(`the topic attribute ${name}`, "InvalidParameter");
    if (!isValid(value)) throw invalidParameter(`Attributes Reason: ${name}`);
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
