/** The entry point of InternalLambda: greets each name that the topic delivers, in the log. */
import { makeGreetAndLog } from "@secure-lambda/core";
import { makeSnsHandler } from "./sns/handle-event.ts";

const greeter = makeGreetAndLog({
  log: ({ greeting, correlationId }) => {
    console.info({ message: greeting, correlationId });
  },
});

/** Handles one SNS event; it throws when a record could not be greeted. */
export const handler = makeSnsHandler(greeter);
