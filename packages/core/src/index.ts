/** The domain, as the functions use it. */
export { cacheSecret } from "./cached-secret.ts";
export { correlationIdSchema } from "./correlation-id.ts";
export { PublishFailedError, SecretUnavailableError, TopicGoneError } from "./errors.ts";
export { externalGreeting, internalGreeting } from "./greeting.ts";
export { nameSchema } from "./name.ts";
export type { Name } from "./name.ts";
export type { ForwardedGreeting, Greeter, GreetRequest } from "./ports/greeter.ts";
export type { MessagePublisher, OutgoingMessage } from "./ports/message-publisher.ts";
export type { SecretLoader } from "./ports/secret-loader.ts";
export { topicArnSchema } from "./topic.ts";
export type { TopicArn } from "./topic.ts";
export { makeGreetAndLog } from "./use-cases/greet-and-log.ts";
export type { LoggedGreeting } from "./use-cases/greet-and-log.ts";
export { makeGreetAndPublish } from "./use-cases/greet-and-publish.ts";
