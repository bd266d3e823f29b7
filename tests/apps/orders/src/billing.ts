/** Bills what was placed: it logs a line. */
import type { SNSHandler } from "aws-lambda";

export const handler: SNSHandler = async ({ Records }) => {
  for (const { Sns } of Records)
    console.log("Billed", Sns.MessageAttributes["kind"]?.Value, Sns.Message);
};
