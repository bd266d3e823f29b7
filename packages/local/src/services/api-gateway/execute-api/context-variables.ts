/** The `$context` variables of a request, for access logs and gateway responses. */

/** Variables by name without `$context.`; null where AWS has no value. */
export type ContextVariables = Map<string, string | null>;

const reference = /\$context\.([A-Za-z][\w:-]*(?:\.[\w:-]+)*)/g;

/** Replaces each variable of a template with the result of `valueOf`. */
export function replaceVariables(template: string, valueOf: (name: string) => string): string {
  return template.replaceAll(reference, (_, name: string) => valueOf(name));
}

/** The value of `error.messageString`: the message as a JSON string, null without quotes. */
export function quotedMessage(variables: ContextVariables): string {
  return JSON.stringify(variables.get("error.message") ?? null);
}
