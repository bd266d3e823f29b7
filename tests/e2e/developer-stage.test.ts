/** A developer stage, with AWS's keys and without packages/cold-start, whose folder is deleted; and its local cloud beside another. */
import fs from "node:fs";
import path from "node:path";
import { userPools } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMatrix } from "../../scripts/e2e/matrix.ts";
import { findPoolOfUser, findUserPool } from "../../scripts/support/user-pools.ts";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { openAws } from "../support/aws-clients.ts";
import { deployApp, type App, type DeployedApp } from "../support/deployed-app.ts";
import { graphOf, textOutput } from "../support/graph.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
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
  const [letter = ""] = await operator.take(
    textOutput(graph.one("aws:sqs/queue:Queue"), "url"),
    20,
  );
  operator.close();
  expect(JSON.parse(letter)).toMatchObject({ requestContext: { condition: "RetriesExhausted" } });
});

const greet = async (on: App, name: string, token?: string) =>
  on.post("/lambda1", { authorization: token ?? (await on.token(1)), body: { name } });
const helloTo = (name: string) => `Hello ${name}. Greetings from InternalLambda!`;

describe("beside another local cloud, with this app too", () => {
  let other: SharedApp;
  beforeAll(async () => {
    other = await useSharedApp();
  });
  afterAll(() => other?.close());

  it("has users of its own", async () => {
    const user = { email: "user3@example.com", password: localPassword };
    await createUser(app.target, await findUserPool(app.target, 1), user);
    await expect(findPoolOfUser(app.target, user.email)).resolves.toMatchObject({ number: 1 });
    await expect(findPoolOfUser(other.target, user.email)).rejects.toThrow("has no user user3@");
    const signedIn = signIn(other.target, await findUserPool(other.target, 1), user);
    await expect(signedIn).rejects.toThrow("user3@example.com was not signed in");
  });

  it("refuses the other's tokens, as the other does its own", async () => {
    expect((await greet(other, "Trespasser", await app.token(1))).status).toBe(401);
    expect((await greet(app, "Trespasser", await other.token(1))).status).toBe(401);
  });

  it("delivers what is sent to one cloud only to that cloud", async () => {
    expect((await greet(other, "Linus")).status).toBe(200);
    expect((await greet(app, "Grace")).status).toBe(200);
    await Promise.all([other.greetings.arrived("Linus"), app.greetings.arrived("Grace")]);
    expect(other.greetings.all()).toEqual([helloTo("Linus")]);
    expect(app.greetings.all()).toContain(helloTo("Grace"));
    expect(app.greetings.all()).not.toContain(helloTo("Linus"));
  });

  it("leaves the other as it is when it is stopped", async () => {
    await app.stop();
    await expect(fetch(app.urls.api)).rejects.toThrow("fetch failed");
    await expect(fetch(app.urls.aws)).rejects.toThrow("fetch failed");
    expect((await greet(other, "Barbara")).status).toBe(200);
    await other.greetings.arrived("Barbara");
  });
});
