/** Inputs and outputs of resources without what is secret. */
import { mask, maskPersonal } from "../requests/masking.ts";

const secretInput =
  /secret(?!id$|arn$)|password|passphrase|token|private_?key|api_?key$|credential|^(?:value|base64|hex)$/i;

/** Without the values of secrets; addresses of e-mail are masked. */
export function hidden(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, hiddenValue(key, value)]),
  );
}

/** One of them. */
export function hiddenValue(key: string, value: unknown): unknown {
  if (typeof value === "string") return secretInput.test(key) ? mask : hiddenText(value);
  if (Array.isArray(value)) return value.map((one: unknown) => hiddenValue(key, one));
  if (typeof value !== "object" || value === null) return value;
  return hidden(Object.fromEntries(Object.entries(value)));
}

/** Functions get what they are linked to, and services their policies, as texts of JSON. */
function hiddenText(text: string): string {
  if (!/^[{[]/.test(text)) return maskPersonal(text);
  try {
    return JSON.stringify(hiddenValue("", JSON.parse(text)));
  } catch {
    return maskPersonal(text);
  }
}
