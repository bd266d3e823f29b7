/** Reads mapping expressions, of which the local cloud supports literals only. */
import { UnsupportedConfigurationError } from "./configuration-errors.ts";

/**
 * Reads header mappings such as `gatewayresponse.header.X-Reason: "'too fast'"` into a map from
 * header name to value. `prefix` ends in a dot.
 * @throws UnsupportedConfigurationError for another target or a value that is not a literal.
 */
export function literalHeaders(
  mappings: Readonly<Record<string, string>>,
  prefix: string,
): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [target, expression] of Object.entries(mappings)) {
    const name = target.startsWith(prefix) ? target.slice(prefix.length) : "";
    const [, literal] = /^'([^\r\n]*)'$/.exec(expression) ?? [];
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || literal === undefined) {
      throw new UnsupportedConfigurationError(`the mapping of "${target}" to ${expression}`);
    }
    headers.set(name, literal);
  }
  return headers;
}
