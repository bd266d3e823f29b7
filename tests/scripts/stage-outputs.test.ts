/** The outputs of a stage, in accounts to which it was never deployed, or from which it was removed. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { findApiUrl } from "../../scripts/support/api-url.ts";
import { readStageOutputs } from "../../scripts/support/stage-outputs.ts";
import { startTestCloud, type StartedCloud } from "../../packages/local/test/support/test-cloud.ts";
import { clientConfig, startAwsEndpoint } from "../support/aws-endpoint.ts";
import { keepState, stageIn } from "../support/stage-state.ts";

let cloud: StartedCloud;
beforeEach(async () => {
  cloud = await startTestCloud();
});
afterEach(() => cloud.stop());

const deployed = () => stageIn(cloud);
const whatToDo = "npm run deploy -- --stage ada";

it("say what to do where SST was never used", async () => {
  const account = await startAwsEndpoint();
  account.answerWith({ status: 400, body: JSON.stringify({ __type: "ParameterNotFound" }) });
  const stage = { stage: "ada", local: false, aws: clientConfig(account) };
  const reading = readStageOutputs(stage);
  await expect(reading).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringContaining(whatToDo),
  });
  await account.stop();
});

it("say what to do where SST knows no such stage", async () => {
  await expect(readStageOutputs(deployed())).rejects.toThrow(whatToDo);
});

it("have no API once the stage is removed, which is said", async () => {
  await keepState(cloud, {});
  await expect(findApiUrl(deployed())).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringContaining(whatToDo),
  });
});

it("have the API's address", async () => {
  const apiUrl = "https://a.execute-api.us-east-1.amazonaws.com/ada/";
  await keepState(cloud, { apiUrl });
  await expect(findApiUrl(deployed())).resolves.toBe(apiUrl);
});
