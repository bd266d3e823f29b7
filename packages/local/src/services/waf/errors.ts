/** Why the firewall's configuration is refused. */

/** A rule, statement or scope that AWS WAF has and the local cloud has not; the message names it. */
export class UnsupportedRuleError extends Error {
  override readonly name = "UnsupportedRuleError";
}

/** A configuration that AWS WAF itself refuses; `code` is its error code. */
export class WafConfigurationError extends Error {
  override readonly name = "WafConfigurationError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
