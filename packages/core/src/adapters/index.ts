/** The adapters that connect the domain's ports to AWS. */
export { makeTopicReader } from "./secrets-manager.ts";
export { makeSnsPublisher } from "./sns-publisher.ts";
