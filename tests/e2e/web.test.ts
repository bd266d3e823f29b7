/** What the page of examples/web does, against the deployed app, and what pages of others cannot do. */
import { greetRequest, problems, routeRows, userPools } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { sendName } from "../../examples/web/api.js";
import type { Config } from "../../examples/web/config.js";
import { claimsOf, millisecondsLeft } from "../../examples/web/id-token.js";
import { completeSignIn, loginAddress } from "../../examples/web/sign-in-by-login-page.js";
import { openBrowser } from "../../packages/local/test/support/browser.ts";
import { start } from "../../packages/local/test/support/command.ts";
import { readStageOutputs } from "../../scripts/support/stage-outputs.ts";
import { localPassword } from "../../scripts/support/users.ts";
import { webConfig } from "../../scripts/web/config.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { fetchForPageOf } from "../support/browser-fetch.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

const { corsOrigin = "" } = settingsFor("local");
const fromPage = fetchForPageOf(corsOrigin);
const fromStranger = fetchForPageOf("https://evil.example");

const mailsSchema = z.array(z.object({ to: z.string(), code: z.string().optional() }));

let app: SharedApp;
let config: Config;
beforeAll(async () => {
  app = await useSharedApp();
  const deployed = { stage: "local", local: true, aws: clientConfig(app.urls.aws) };
  config = webConfig(deployed, app.urls.api, await readStageOutputs(deployed));
});
afterAll(() => app?.close());

const emailOf = (number: number) => `user${number}@example.com`;

/** The user of a pool, signed in on its login page by a page whose requests `send` makes. */
async function signIn(number: number, send = fromPage, password = localPassword) {
  const pool = config.pools.find((each) => each.number === number);
  if (pool === undefined) throw new Error(`The page has no pool ${number}.`);
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const tab = { redirectUri: `${corsOrigin}/`, storage, send };
  const browser = openBrowser(new URL(pool.loginUrl).origin);
  const form = await browser.visit(await loginAddress(pool, tab));
  const end = await browser.submit(form, "login", { username: emailOf(number), password });
  const signedIn = await completeSignIn(end.url.searchParams, config.pools, tab);
  if (signedIn === undefined) throw new Error(end.text);
  return { apiUrl: config.apiUrl, route: pool.route, idToken: signedIn.idToken };
}

const greeting = userPools.filter((number) =>
  routeRows.some(({ userPool, request }) => userPool === number && request.json === greetRequest),
);

describe("the page", () => {
  it.each(greeting)("signs a user of pool %i in and has a name greeted", async (number) => {
    const session = await signIn(number);
    const claims = claimsOf(session.idToken);
    expect(claims.email).toBe(emailOf(number));
    expect(millisecondsLeft(claims)).toBeLessThanOrEqual(3_600_000);
    const name = `Page ${number}`;
    const answer = await sendName({ ...session, name }, fromPage);
    expect(answer).toEqual({
      title: "Greeted",
      detail: expect.stringContaining(`Hello ${name}.`),
    });
    await app.greetings.arrived(name);
  });

  it("reads what is wrong with a name: from the gateway, and from the function", async () => {
    const session = await signIn(1);
    const { title, detail } = problems.invalidRequest;
    for (const name of ["", "a\u0000b"]) {
      const answer = await sendName({ ...session, name }, fromPage);
      expect(answer).toMatchObject({ title, detail });
      expect(answer.errors?.map(({ field }) => field)).toContain("name");
    }
  });

  it("reads that its token is not taken", async () => {
    const answer = await sendName(
      { ...(await signIn(1)), idToken: "made.up.token", name: "A" },
      fromPage,
    );
    expect(answer).toMatchObject({ title: problems.unauthorized.title });
  });

  it("comes back from the login page only with the right password", async () => {
    await expect(signIn(1, fromPage, "Wrong-password-1!")).rejects.toThrow(
      "Incorrect username or password.",
    );
  });

  it("reads that a path is unknown", async () => {
    const response = await fromPage(`${config.apiUrl}/nowhere`, { method: "POST" });
    await expect(response.json()).resolves.toMatchObject({ detail: problems.routeUnknown.detail });
  });
});

describe("the login pages", () => {
  it("sign a new user up, with the code from the mailbox", async () => {
    const [pool] = config.pools;
    const page = await openBrowser(app.urls.aws).visit(pool?.loginUrl ?? "");
    const browser = openBrowser(app.urls.aws);
    const signUp = await browser.visit(page.url.href.replace("/login?", "/signup?"));
    const user = { username: `new-${Date.now()}@example.com`, password: "Correct-Horse-1" };
    const confirm = await browser.submit(signUp, "signup", user);
    const mails = mailsSchema.parse(await (await fetch(`${app.urls.mailbox}/mails.json`)).json());
    const code = mails.find(({ to }) => to === user.username)?.code ?? "";
    const confirmed = await browser.submit(confirm, "confirm", { code });
    const end = await browser.submit(confirmed, "login", { password: user.password });
    expect(end.url.searchParams.get("code")).toEqual(expect.any(String));
  });
});

describe("a page of another origin", () => {
  it.each([
    ["a stranger's", fromStranger],
    ["one of another port", fetchForPageOf("http://localhost:8081")],
    ["one at the address", fetchForPageOf("http://127.0.0.1:8080")],
    ["one without an origin", fetchForPageOf("null")],
  ])("signs nobody in, and reads nothing of the API: %s", async (_, send) => {
    await expect(signIn(1, send)).rejects.toThrow("Failed to fetch");
    const session = await signIn(1);
    await expect(sendName({ ...session, name: "Ada" }, send)).rejects.toThrow("Failed to fetch");
  });
});

describe("npm run web", () => {
  it("serves the page for the stage, says why another port is refused, and ends with 0", async () => {
    const awsPort = new URL(app.urls.aws).port;
    const options = ["--port", "0", "--aws-port", awsPort, "--url", app.urls.api];
    const command = start(["node", "scripts/web.ts", ...options]);
    const [origin = ""] = (await command.line(/^http:\/\/localhost:\d+ calls stage "local"/)).split(
      " ",
    );
    await command.line(/A browser will refuse the calls of this page/);
    await expect((await fetch(`${origin}/config.json`)).json()).resolves.toEqual(config);
    command.interrupt();
    expect(await command.ended).toBe(0);
  });
});
