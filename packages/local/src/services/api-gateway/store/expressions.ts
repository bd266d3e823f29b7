/** Regular expressions that the configuration gives. */
import { ConfigurationError } from "./error-responses.ts";

/**
 * Compiles an expression that the whole text must match.
 * @throws ConfigurationError when it is no regular expression.
 */
export function wholeMatch(expression: string): RegExp {
  try {
    return new RegExp(`^(?:${expression})$`, "u");
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ConfigurationError(
      "BadRequestException",
      `"${expression}" is no regular expression: ${cause.message}`,
    );
  }
}
