/** Whether the address that alarms notify has confirmed its subscription: until then they notify no one. */
import {
  GetSubscriptionAttributesCommand,
  NotFoundException,
  SNSClient,
} from "@aws-sdk/client-sns";
import * as z from "zod";
import { readResourcesInState } from "../support/stage-outputs.ts";
import { type Deployment, type Findings, nothing } from "./questions.ts";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/** By mail; its topic is known once it is deployed. */
const emailSchema = z.object({ protocol: z.literal("email"), endpoint: z.string() });
const deployedSchema = emailSchema.extend({ topic: z.string() });

/** Asks for each address that the graph subscribes. Nothing refuses: the alarms show in CloudWatch all the same. */
export async function askAlarmEmail(deployment: Deployment): Promise<Findings> {
  const { stage, graph, aws } = deployment;
  const addresses = graph
    .filter(({ type }) => type === SUBSCRIPTION)
    .flatMap(({ inputs }) => emailSchema.safeParse(inputs).data?.endpoint ?? []);
  if (addresses.length === 0) return nothing;
  const resources = await readResourcesInState({ stage, local: false, aws });
  const subscribed = resources
    .filter(({ type }) => type === SUBSCRIPTION)
    .flatMap(({ id, outputs }) => {
      const { data } = deployedSchema.safeParse(outputs);
      return data === undefined ? [] : [{ id, ...data }];
    });
  const remarks = addresses.map(async (address): Promise<string[]> => {
    const one = subscribed.find(({ endpoint }) => endpoint === address);
    if (one === undefined) {
      return [
        "SNS will mail a link to the address in alarmEmail: until it is followed, alarms notify no one.",
      ];
    }
    const pending = await readPending(deployment, one.id);
    if (pending === undefined) {
      return [
        `SNS no longer has the subscription of the address in alarmEmail: it was not confirmed in time, or was ended by the link in a mail. Alarms notify no one. Let SST see that, npx sst refresh --stage ${stage}, and deploy again.`,
      ];
    }
    if (!pending) return [];
    return [
      `The address in alarmEmail has not confirmed its subscription: alarms notify no one. Follow the link that SNS mailed, or have it mail another: aws sns subscribe --topic-arn ${one.topic} --protocol email --notification-endpoint ADDRESS --region ${aws.region}.`,
    ];
  });
  return { refusals: [], remarks: (await Promise.all(remarks)).flat() };
}

/** Whether a subscription waits for its confirmation; undefined where there is none. */
async function readPending({ aws }: Deployment, arn: string): Promise<boolean | undefined> {
  try {
    const { Attributes = {} } = await new SNSClient({ ...aws }).send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }),
    );
    return Attributes["PendingConfirmation"] !== "false";
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}
