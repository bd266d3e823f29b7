/** The domain, as the functions use it. */
export { correlationIdSchema } from "./domain/correlation-id.ts";
export { PublishFailedError, SecretUnavailableError, TopicGoneError } from "./domain/errors.ts";
export { externalGreeting, internalGreeting } from "./domain/greeting.ts";
export type { ExternalGreeter } from "./domain/greeting.ts";
export { nameLimits, nameSchema } from "./domain/name.ts";
export type { Name } from "./domain/name.ts";
export type { ForwardedGreeting, Greeter, GreetRequest } from "./ports/inbound/greeter.ts";
export type { MessagePublisher, OutgoingMessage } from "./ports/outbound/message-publisher.ts";
export type { SecretLoader } from "./ports/outbound/secret-loader.ts";
export { topicArnSchema } from "./domain/topic.ts";
export type { TopicArn } from "./domain/topic.ts";
export { makeGreetAndLog } from "./use-cases/greet-and-log.ts";
export type { LoggedGreeting } from "./use-cases/greet-and-log.ts";
export { makeGreetAndPublish } from "./use-cases/greet-and-publish.ts";
