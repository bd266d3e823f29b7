/** The adapters that implement the domain's outbound ports. */
export { createCachedSecretLoader } from "./cached-secret-loader.ts";
export { createSecretsManagerSecretLoader } from "./secrets-manager-secret-loader.ts";
export { createSnsMessagePublisher } from "./sns-message-publisher.ts";
