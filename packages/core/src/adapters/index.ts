/** The adapters that implement the domain's outbound ports. */
export { awsClientOptions } from "./aws-client-options.ts";
export { createCachedSecretLoader } from "./cached-secret-loader.ts";
export { createSecretsManagerSecretLoader } from "./secrets-manager-secret-loader.ts";
export { createSnsMessagePublisher } from "./sns-message-publisher.ts";
