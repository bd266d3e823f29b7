/** Values that many tests need. */
import { nameSchema, topicArnSchema } from "@secure-lambda/core";

/** A name. */
export const ada = nameSchema.parse("Ada");

/** The topic that the secret names at first. */
export const topic = topicArnSchema.parse("arn:aws:sns:us-east-1:123456789012:greetings");

/** The topic that takes the first one's place. */
export const newTopic = topicArnSchema.parse("arn:aws:sns:us-east-1:123456789012:greetings-2");
