/** Keys, queues, topics and secrets. */
import { allow, policy } from "../declarations.ts";
import type { Row } from "./row.ts";

const anything = policy({ ...allow("*", "*"), Principal: "*" });
const nothing = policy({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" });

export const keys: Row[] = [
  {
    type: "aws:kms/key:Key",
    name: "Key",
    inputs: () => ({ description: "one", enableKeyRotation: true, policy: anything }),
    change: () => ({ description: "another" }),
  },
  {
    type: "aws:kms/alias:Alias",
    name: "Alias",
    inputs: (made) => ({ name: "alias/one", targetKeyId: made.id("Key") }),
    change: (made) => ({ targetKeyId: made.output("Key", "arn") }),
  },
  {
    type: "random:index/randomBytes:RandomBytes",
    name: "Bytes",
    inputs: () => ({ length: 8 }),
    change: () => ({ length: 16 }),
    replaced: true,
  },
];

export const messaging: Row[] = [
  {
    type: "aws:sqs/queue:Queue",
    name: "Queue",
    inputs: (made) => ({ kmsMasterKeyId: made.id("Key"), visibilityTimeoutSeconds: 60 }),
    change: () => ({ visibilityTimeoutSeconds: 90 }),
  },
  {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    name: "QueuePolicy",
    inputs: (made) => ({ queueUrl: made.id("Queue"), policy: anything }),
    change: () => ({ policy: nothing }),
  },
  {
    type: "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    name: "RedriveAllowPolicy",
    inputs: (made) => ({
      queueUrl: made.id("Queue"),
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "allowAll" }),
    }),
    change: () => ({ redriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }) }),
  },
  {
    type: "aws:sns/topic:Topic",
    name: "Topic",
    inputs: () => ({ displayName: "one" }),
    change: () => ({ displayName: "another" }),
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: "TopicPolicy",
    inputs: (made) => ({ arn: made.id("Topic"), policy: anything }),
    change: () => ({ policy: nothing }),
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    name: "Subscription",
    inputs: (made) => ({
      topic: made.id("Topic"),
      protocol: "sqs",
      endpoint: made.output("Queue", "arn"),
    }),
    change: () => ({ filterPolicy: JSON.stringify({ kind: ["greeting"] }) }),
  },
];

export const secrets: Row[] = [
  {
    type: "aws:secretsmanager/secret:Secret",
    name: "Secret",
    inputs: () => ({ description: "one", recoveryWindowInDays: 0 }),
    change: () => ({ description: "another" }),
  },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    name: "SecretVersion",
    inputs: (made) => ({ secretId: made.id("Secret"), secretString: "one" }),
    change: () => ({ secretString: "another" }),
    replaced: true,
  },
  {
    type: "aws:secretsmanager/secretPolicy:SecretPolicy",
    name: "SecretPolicy",
    inputs: (made) => ({ secretArn: made.id("Secret"), policy: anything }),
    change: () => ({ policy: nothing }),
  },
];
