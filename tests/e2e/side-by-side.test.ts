/** Two local clouds on one machine, this app on each: neither notices the other. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { findPoolOfUser, findUserPool } from "../../scripts/support/user-pools.ts";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { deployApp, type App, type DeployedApp } from "../support/deployed-app.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";

let one: SharedApp;
let copy: AppCopy;
let other: DeployedApp;
beforeAll(async () => {
  one = await useSharedApp();
  copy = copyApp({ platform: true });
  other = await deployApp({ project: copy.folder });
});
afterAll(async () => {
  one?.close();
  await other?.stop();
  copy?.remove();
});

const greet = async (app: App, name: string, token?: string) =>
  app.post("/lambda1", {
    authorization: token ?? (await app.token(1)),
    body: { name },
  });

it("has the users of one cloud in no other", async () => {
  const user = { email: "user3@example.com", password: localPassword };
  await createUser(other.target, await findUserPool(other.target, 1), user);
  await expect(findPoolOfUser(other.target, user.email)).resolves.toMatchObject({ number: 1 });
  await expect(findPoolOfUser(one.target, user.email)).rejects.toThrow("has no user user3@");
  const signedIn = signIn(one.target, await findUserPool(one.target, 1), user);
  await expect(signedIn).rejects.toThrow("user3@example.com was not signed in");
});

it("has a token of one cloud refused by the other, in both directions", async () => {
  expect((await greet(one, "Trespasser", await other.token(1))).status).toBe(401);
  expect((await greet(other, "Trespasser", await one.token(1))).status).toBe(401);
});

it("delivers what is sent to one cloud only to that cloud", async () => {
  expect((await greet(one, "Ada")).status).toBe(200);
  expect((await greet(other, "Grace")).status).toBe(200);
  await Promise.all([one.greetings.arrived("Ada"), other.greetings.arrived("Grace")]);
  expect(one.greetings.all()).toEqual(["Hello Ada. Greetings from InternalLambda!"]);
  expect(other.greetings.all()).toEqual(["Hello Grace. Greetings from InternalLambda!"]);
});

it("goes on in one cloud when the other is stopped", async () => {
  await other.stop();
  await expect(fetch(other.urls.api)).rejects.toThrow("fetch failed");
  await expect(fetch(other.urls.aws)).rejects.toThrow("fetch failed");
  expect((await greet(one, "Linus")).status).toBe(200);
  await one.greetings.arrived("Linus");
});
