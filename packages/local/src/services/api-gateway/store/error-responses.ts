/** Why a piece of an API's configuration is refused. */

/** Something that API Gateway has and the local cloud has not; the message names it. */
export class UnsupportedConfigurationError extends Error {
  override readonly name = "UnsupportedConfigurationError";

  constructor(what: string) {
    super(`The local cloud's API Gateway does not support ${what}.`);
  }
}

/** A configuration that API Gateway itself refuses; `code` is its exception's name. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly code: "NotFoundException" | "BadRequestException" | "ConflictException";

  constructor(code: ConfigurationError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** The refusal of something that refers to a thing which is not there. */
export function notFound(what: string, id: string): ConfigurationError {
  return new ConfigurationError("NotFoundException", `There is no ${what} "${id}".`);
}
