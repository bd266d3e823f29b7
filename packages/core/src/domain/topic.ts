/** The topic's ARN and the secret that holds it. */
import * as z from "zod/mini";

/**
 * Parses the ARN of a standard SNS topic in the aws, aws-cn or aws-us-gov partition. A FIFO topic's
 * name ends in `.fifo`, which is refused: a FIFO topic cannot deliver to a function (documented).
 */
export const topicArnSchema = z
  .string({ error: "must be a string" })
  .check(
    z.regex(/^arn:(?:aws|aws-cn|aws-us-gov):sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, {
      error: "must be the ARN of a standard SNS topic",
    }),
  )
  .brand<"TopicArn">();

/** The ARN of a standard SNS topic. */
export type TopicArn = z.infer<typeof topicArnSchema>;

/** Parses the secret's value once it is JSON; keys other than `TOPIC_ARN` are ignored. */
export const topicSecretSchema = z.object({ TOPIC_ARN: topicArnSchema });
