/** The state of a stage: alarms and dead letters of its own, and what cannot be read hides nothing else. */
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readStatus } from "../../scripts/status/read.ts";
import { startTestCloud, type StartedCloud } from "../../packages/local/test/support/test-cloud.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { keepState, stageIn } from "../support/stage-state.ts";

let cloud: StartedCloud;
beforeEach(async () => {
  cloud = await startTestCloud();
});
afterEach(() => cloud.stop());

const deployed = () => stageIn(cloud);

it("says what to do where the stage is not deployed", async () => {
  await expect(readStatus(deployed())).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringContaining("npm run deploy -- --stage ada"),
  });
});

it("has the outputs of the stage, its dead letters, and a reason for what cannot be read", async () => {
  const outputs = {
    apiUrl: "https://a1.execute-api.us-east-1.amazonaws.com/ada",
    apiStillServes: ["x"],
  };
  await keepState(cloud, outputs);
  const { url: QueueUrl } = cloud.queues.create(namesOf("ada").resource("DeadLetters"));
  await cloud.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
  const status = new Map((await readStatus(deployed())).map(({ name, result }) => [name, result]));
  expect(status.get("apiUrl")).toMatchObject({ value: outputs.apiUrl });
  expect(status.get("apiStillServes")).toMatchObject({ value: '["x"]' });
  expect(status.get("dead letters")).toMatchObject({
    value: "1, to list: npm run redrive -- --stage ada --dry-run",
  });
  expect(status.get("users in pool 1")).toMatchObject({
    status: "rejected",
    reason: { message: expect.stringContaining("has no user pool 1") },
  });
});
