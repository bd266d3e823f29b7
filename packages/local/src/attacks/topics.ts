/** Attacks on topics, past the API: unwanted publishers, and a message that its consumer cannot process. */
import type { RequestRecord } from "../requests/record.ts";
import { functionAllows } from "../services/iam/authorize.ts";
import type { Attack } from "./model/attack.ts";
import { type Attempt, judge, signedBy } from "./model/attempt.ts";
import { becomesDeadLetter, refusesCall } from "./model/expectations.ts";
import { recordWhen } from "./targets/record-when.ts";
import type { Targets } from "./targets/targets.ts";

const noTopic = { notApplicable: "no topic is deployed" };

function publish(
  { callAws }: Targets,
  topicArn: string,
  caller: string | undefined,
  message: string,
): Promise<RequestRecord> {
  const parameters = { Action: "Publish", Version: "2010-03-31", TopicArn: topicArn };
  return callAws({
    service: "sns",
    caller,
    target: "/",
    contentType: "application/x-www-form-urlencoded",
    body: new URLSearchParams({ ...parameters, Message: message }).toString(),
  });
}

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf(":") + 1);

/** The names of the functions whose roles may publish to a topic by their own policies, or may not. */
function functionsThat({ lambda, roles }: Targets, may: boolean, topicArn: string): string[] {
  const publishing = { action: "sns:Publish", resource: topicArn };
  return lambda
    .listFunctions()
    .map(({ version }) => version.settings)
    .filter((one) => functionAllows(roles, one, publishing) === may)
    .map(({ name }) => name);
}

/** A caller that is the operator: no function has this name. */
const operator = "operator";

/** A function that gets a topic's messages, and where they go that it fails on. */
function consumerOf({ topics, lambda }: Targets, topicArn: string) {
  return topics
    .subscriptions()
    .filter((one) => one.topicArn === topicArn && one.protocol === "lambda")
    .map(({ endpoint }) => ({ endpoint, queue: lambda.getEventInvokeConfig(endpoint).onFailure }))
    .flatMap(({ endpoint, queue }) =>
      queue === undefined ? [] : [{ name: nameOf(endpoint), queue: nameOf(queue) }],
    )[0];
}

/** The attacks. */
export const topicAttacks: readonly Attack[] = [
  {
    id: "unwanted-publisher",
    title: "Unwanted publisher",
    tries: "Publishes to each topic without a signature, and as each function whose role may not.",
    expects: "It is refused, by a statement of the topic's policy where that denies it.",
    async run(targets) {
      const attempts: Attempt[] = [];
      for (const { arn } of targets.topics.list()) {
        for (const caller of [undefined, ...functionsThat(targets, false, arn)]) {
          const sent = publish(targets, arn, caller, "{}");
          attempts.push(await judge(`${nameOf(arn)}, ${signedBy(caller)}`, refusesCall, sent));
        }
      }
      return attempts.length > 0 ? attempts : noTopic;
    },
  },
  {
    id: "poison-message",
    title: "Poison message",
    tries: "Puts a message into each topic that its consumer cannot read: a blank.",
    expects: "It ends in the dead-letter queue, where it stays to be looked at.",
    async run(targets) {
      const attempts: Attempt[] = [];
      const reasons: string[] = [];
      for (const { arn } of targets.topics.list()) {
        const consumer = consumerOf(targets, arn);
        if (consumer === undefined) {
          reasons.push(`${nameOf(arn)}: no function gets it that has a dead-letter queue`);
        } else {
          const sent = poison(targets, arn, consumer.name);
          attempts.push(await judge(nameOf(arn), becomesDeadLetter(consumer.queue), sent));
        }
      }
      return attempts.length > 0
        ? attempts
        : { notApplicable: reasons.join("; ") || noTopic.notApplicable };
    },
  },
];

/** What is neither JSON nor a text; SNS takes nothing shorter. */
const unreadable = " ";

/** Published as who may; the record once it is a dead letter, or should have been, or was taken. */
async function poison(
  targets: Targets,
  topicArn: string,
  consumer: string,
): Promise<RequestRecord> {
  const { requests, deadLetterMs } = targets;
  const [publisher = operator] = functionsThat(targets, true, topicArn);
  const { id } = await publish(targets, topicArn, publisher, unreadable);
  return recordWhen(requests, id, {
    isReached: ({ response, steps }) =>
      (response?.status ?? 0) >= 400 ||
      steps.some(
        ({ layer, name, outcome }) =>
          layer === "dead-letter" ||
          (layer === "function" && name === consumer && outcome === "passed"),
      ),
    mostMs: deadLetterMs,
  });
}
