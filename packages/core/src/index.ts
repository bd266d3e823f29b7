/** The domain, its ports and its use cases, as the functions use them. */
export { correlationIdSchema } from "./domain/correlation-id.ts";
export { PublishFailedError, SecretUnavailableError, TopicGoneError } from "./domain/errors.ts";
export { externalGreeting, internalGreeting } from "./domain/greeting.ts";
export { nameLimits, nameSchema } from "./domain/name.ts";
export type { Name } from "./domain/name.ts";
export { topicArnSchema } from "./domain/topic.ts";
export type { TopicArn } from "./domain/topic.ts";
export type {
  DeliveredName,
  DeliveredNameGreeter,
  ForwardedGreeting,
  Greeter,
} from "./ports/inbound/greeter.ts";
export type { GreetingLog, LoggedGreeting } from "./ports/outbound/greeting-log.ts";
export type { MessagePublisher, OutgoingMessage } from "./ports/outbound/message-publisher.ts";
export type { SecretLoader } from "./ports/outbound/secret-loader.ts";
export { createGreetAndLog } from "./use-cases/greet-and-log.ts";
export { createGreetAndPublish } from "./use-cases/greet-and-publish.ts";
