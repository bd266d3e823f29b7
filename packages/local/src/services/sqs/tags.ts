/** Tags, whose rules are the same in SQS and SNS (documented: SQS/quotas-queues, SNS/sns-tags). */
import * as z from "zod";

const characters = String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]`;

/** The schema of a tag's key. */
export const tagKey = z.string().regex(new RegExp(`^(?!aws:)${characters}{1,128}$`, "iu"));

/** The schema of a tag's value. */
export const tagValue = z.string().regex(new RegExp(`^${characters}{0,256}$`, "u"));

const mostTags = 50;

/** Whether a queue or topic with these tags may have those as well. */
export function mayAddTags(tags: ReadonlyMap<string, string>, added: readonly string[]): boolean {
  return new Set([...tags.keys(), ...added]).size <= mostTags;
}
