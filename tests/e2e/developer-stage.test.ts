/** A developer stage, with AWS's keys and without packages/cold-start, whose folder is deleted. */
import fs from "node:fs";
import path from "node:path";
import { userPools } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runMatrix } from "../../scripts/e2e/matrix.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { openAws } from "../support/aws-clients.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";
import { graphOf, textOutput } from "../support/graph.ts";
import { copySources, type SourceCopy } from "../support/source-copy.ts";

const stage = "ada";
let copy: SourceCopy;
let app: DeployedApp;

beforeAll(async () => {
  copy = copySources();
  fs.rmSync(path.join(copy.folder, "packages/cold-start"), { recursive: true, force: true });
  app = await deployApp({ stage, project: copy.folder });
});
afterAll(async () => {
  await app?.stop();
  copy?.remove();
});

it("passes the access matrix", async () => {
  const tokens: Record<number, string> = {};
  for (const pool of userPools) tokens[pool] = await app.token(pool);
  const rows = await runMatrix({ url: app.urls.api, tokens });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ passed }) => !passed)).toEqual([]);
});

it("forwards what it is sent, and keeps what fails", async () => {
  const authorization = await app.token(1);
  await app.post("/lambda1", { authorization, body: { name: "Ada" } });
  await app.greetings.arrived("Ada");

  const graph = graphOf(app.cloud.graph(stage));
  const externalLambda = openAws(app.urls.aws, namesOf(stage).resource("ExternalLambda"));
  await externalLambda.publish(textOutput(graph.one("aws:sns/topic:Topic"), "arn"), " ");
  externalLambda.close();
  const operator = openAws(app.urls.aws);
  const [letter = ""] = await operator.receive(
    textOutput(graph.one("aws:sqs/queue:Queue"), "url"),
    20,
  );
  operator.close();
  expect(JSON.parse(letter)).toMatchObject({ requestContext: { condition: "RetriesExhausted" } });
});
