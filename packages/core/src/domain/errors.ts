/** What can go wrong in the domain. The errors know nothing of HTTP; `cause` holds the lower error. */

/** The base of every error that the domain throws. Messages hold no input and no secret. */
abstract class DomainError extends Error {
  abstract override readonly name: string;
}

/** The secret could not be read, or its value is not valid. */
export class SecretUnavailableError extends DomainError {
  override readonly name = "SecretUnavailableError";
}

/** The name was not published to the topic, or it is unknown whether it was. */
export class PublishFailedError extends DomainError {
  override readonly name = "PublishFailedError";
}

/** The topic does not exist: the ARN that was known is stale. */
export class TopicGoneError extends DomainError {
  override readonly name = "TopicGoneError";
}
