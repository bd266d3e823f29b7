/** Regular expressions in the configuration of an API. */
import { ConfigurationError } from "./configuration-errors.ts";

/**
 * Compiles an expression that the whole text must match.
 * @throws ConfigurationError when it is not a regular expression.
 */
export function wholeMatch(expression: string): RegExp {
  try {
    return new RegExp(`^(?:${expression})$`, "u");
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ConfigurationError(
      "BadRequestException",
      `"${expression}" is not a regular expression: ${cause.message}`,
    );
  }
}
