/** Errors in the firewall's configuration. */
import { UnsupportedError } from "../../../errors/unsupported.ts";

/** A rule, statement or scope that the local cloud does not support; the message names it. */
export class UnsupportedRuleError extends UnsupportedError {
  override readonly name = "UnsupportedRuleError";
}

/** A configuration that AWS WAF itself rejects; `code` is its error code. */
export class WafConfigurationError extends Error {
  override readonly name = "WafConfigurationError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
