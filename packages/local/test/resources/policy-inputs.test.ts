/** Policies of resources that the local cloud cannot evaluate: rejected, or named as a limitation. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { allResources } from "../../src/all-resources.ts";
import { topicArn } from "./consumer.ts";
import { allow, policy } from "./declarations.ts";
import { startDeployableCloud, type DeployableCloud } from "./deployable-cloud.ts";

let cloud: DeployableCloud;
beforeAll(async () => {
  cloud = await startDeployableCloud();
});
afterAll(() => cloud.stop());

it.each([
  ["aws:sns/topic:Topic", {}],
  ["aws:sns/topicPolicy:TopicPolicy", { arn: topicArn }],
  ["aws:sqs/queue:Queue", {}],
  ["aws:sqs/queuePolicy:QueuePolicy", { queueUrl: "url" }],
  ["aws:secretsmanager/secret:Secret", {}],
  ["aws:secretsmanager/secretPolicy:SecretPolicy", { secretArn: "arn" }],
])("%s is rejected with a policy that cannot be evaluated", async (type, inputs) => {
  const withoutPrincipal = policy(allow("sns:Publish", "*"));
  await expect(
    cloud.deploy((declare) => declare(type, "Rejected", { ...inputs, policy: withoutPrincipal })),
  ).rejects.toThrow(/cannot apply .*cannot evaluate the policy/s);
});

const conditional = (statement: object) =>
  policy({ Effect: "Allow", Action: "a:b", Resource: "*", ...statement });
const Condition = {
  IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
  Null: { "aws:SourceArn": "true" },
};
const ofRole = conditional({ Condition });
const ofResource = conditional({ Condition, Principal: "*" });
const role = { assumeRolePolicy: policy() };

it.each<[type: string, inputs: Record<string, unknown>]>([
  ["aws:iam/role:Role", { ...role, inlinePolicies: [{ policy: ofRole }] }],
  ["aws:iam/policy:Policy", { policy: ofRole }],
  ["aws:iam/rolePolicy:RolePolicy", { role: "r", policy: ofRole }],
  ["aws:sns/topic:Topic", { policy: ofResource }],
  ["aws:sns/topicPolicy:TopicPolicy", { arn: "a", policy: ofResource }],
  ["aws:sqs/queue:Queue", { policy: ofResource }],
  ["aws:sqs/queuePolicy:QueuePolicy", { queueUrl: "u", policy: ofResource }],
  ["aws:secretsmanager/secret:Secret", { policy: ofResource }],
  ["aws:secretsmanager/secretPolicy:SecretPolicy", { secretArn: "a", policy: ofResource }],
])("%s names the condition that cannot be told, and not the other", (type, inputs) => {
  const found = allResources(cloud).find((candidate) => candidate.type === type);
  expect(found?.limitations(inputs).filter(({ text }) => text.includes("condition"))).toEqual([
    {
      service: "IAM",
      text: "condition IpAddress aws:SourceIp is not known here, so never met in an allow and always in a deny",
    },
  ]);
});
