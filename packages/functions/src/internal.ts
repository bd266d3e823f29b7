/** The entry point of InternalLambda: greets each name that the topic delivers, in the log. */
import { createGreetAndLog, type GreetingLog } from "@secure-lambda/core";
import { createSnsHandler } from "./sns/sns-handler.ts";

const log: GreetingLog = {
  write: ({ greeting, ...ids }) => console.info({ message: greeting, ...ids }),
};

/** Handles one SNS event; it throws when a record could not be greeted. */
export const handler = createSnsHandler(createGreetAndLog({ log }));
