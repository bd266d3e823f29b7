/** Errors in the configuration of an API. */
import { UnsupportedError } from "../../../errors/unsupported.ts";

/** A feature of API Gateway that the local cloud does not support; the message names it. */
export class UnsupportedConfigurationError extends UnsupportedError {
  override readonly name = "UnsupportedConfigurationError";

  constructor(what: string) {
    super(`The local cloud's API Gateway does not support ${what}.`);
  }
}

/** A configuration that API Gateway itself rejects; `code` is its exception's name. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly code: "NotFoundException" | "BadRequestException" | "ConflictException";

  constructor(code: ConfigurationError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** The error for a reference to something that does not exist. */
export function notFound(what: string, id: string): ConfigurationError {
  return new ConfigurationError("NotFoundException", `There is no ${what} "${id}".`);
}
