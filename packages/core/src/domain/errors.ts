/** What can go wrong in the domain. The errors know nothing of HTTP; `cause` holds what was below. */

/** The base of every error that the domain throws on purpose. Messages hold no input and no secret. */
abstract class DomainError extends Error {
  abstract override readonly name: string;
}

/** The secret could not be read, or its value is not what it must be. */
export class SecretUnavailableError extends DomainError {
  override readonly name = "SecretUnavailableError";
}

/** The name was not handed to the topic, or it is unknown whether it was. */
export class PublishFailedError extends DomainError {
  override readonly name = "PublishFailedError";
}

/** The topic does not exist: what was known of it is stale. */
export class TopicGoneError extends DomainError {
  override readonly name = "TopicGoneError";
}
