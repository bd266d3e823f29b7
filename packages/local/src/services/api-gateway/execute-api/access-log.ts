/** Renders a stage's access log format (APIGW/api-gateway-variables-for-access-logging). */
import { type ContextVariables, quotedMessage, replaceVariables } from "./context-variables.ts";

/** The log stream of access logs; the same line in another stream is a function's own. */
export const accessLogStream = "access";

/**
 * Renders one line. A variable without a value is `-`. Values are escaped as inside a JSON string,
 * so that no header or path can end a field or a line (assumed: AWS does not say how it escapes).
 */
export function renderAccessLog(format: string, variables: ContextVariables): string {
  return replaceVariables(format, (name) => {
    if (name === "error.messageString" && variables.has("error.message")) {
      return quotedMessage(variables);
    }
    const value = variables.get(name);
    return value === undefined || value === null ? "-" : JSON.stringify(value).slice(1, -1);
  });
}
