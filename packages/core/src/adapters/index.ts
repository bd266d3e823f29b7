/** The adapters that connect the domain's ports to AWS. */
export { cacheSecret } from "./cached-secret-loader.ts";
export { makeTopicReader } from "./secrets-manager-secret-loader.ts";
export { makeSnsPublisher } from "./sns-message-publisher.ts";
