/** Users at a browser, in stage local with MFA: sign-up, authenticator, code grant with PKCE, and the API; an invitation in the console. */
import { TOTP, Secret } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { listen, type Listener } from "@secure-lambda/local/listen";
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { readStageOutputs } from "../../scripts/support/stage-outputs.ts";
import { webConfig } from "../../scripts/web/config.ts";
import { servePage } from "../../scripts/web/serve.ts";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { startChromium } from "../../scripts/support/chromium.ts";
import { openConsole, violationsOn } from "../support/console-page.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

const user = { email: "grace@example.com", password: "Correct-Horse-1" };
const mailsSchema = z.array(z.object({ to: z.string(), code: z.string() }));

let app: AppCopy;
let cloud: LocalCloud;
let site: Listener;
let browser: Browser;
let page: Page;
/** What the browser refuses, as it tells its console. */
const complaints: string[] = [];

beforeAll(async () => {
  browser = await startChromium();
  app = copyApp({ platform: true });
  let serve: ReturnType<typeof servePage> | undefined;
  site = await listen((request) => serve?.(request) ?? new Response(null, { status: 503 }), 0);
  const origin = `http://localhost:${site.port}`;
  const settings = { mfa: "required", corsOrigin: origin, callbackUrls: [`${origin}/`] };
  const change = `\nObject.assign(stages.local, ${JSON.stringify(settings)});\n`;
  app.append("stacks/settings/stages.ts", change);
  cloud = await startLocalCloud({ project: app.folder });
  await cloud.deploy({ stage: "local" });
  const deployed = { stage: "local", local: true, aws: clientConfig(cloud.urls.aws) };
  const config = webConfig(deployed, cloud.urls.api, await readStageOutputs(deployed));
  serve = servePage("examples/web", config);
  page = await browser.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${origin}/`);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await cloud?.stop();
  app?.remove();
});

const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

async function mailedCode(to = user.email): Promise<string> {
  const response = await fetch(`${cloud.urls.mailbox}/mails.json`);
  const [mail] = mailsSchema.parse(await response.json());
  expect(mail?.to).toBe(to);
  return mail?.code ?? "";
}

const codeOf = (key: string) => new TOTP({ secret: Secret.fromBase32(key) }).generate();

it("a user signs up, sets up an authenticator, calls the API, and signs out", async () => {
  await press("Sign in");
  await page.getByRole("link", { name: "Create an account" }).click();
  await fill("E-mail", user.email);
  await fill("New password", user.password);
  await press("Create the account");
  await fill("Code", await mailedCode());
  await press("Confirm");

  await fill("Password", user.password);
  await press("Sign in");
  await page.getByRole("img", { name: "QR code" }).waitFor();
  const key = await page.locator("code").innerText();
  await fill("Code", codeOf(key));
  await press("Continue");

  await page.getByText(`${user.email}, pool 1.`).waitFor();
  await fill("Name", "Grace");
  await press("Send");
  await page.getByText("Hello Grace.").waitFor();

  await press("Sign out");
  await press("Sign in");
  await page.getByLabel("Password", { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

it("an invited user signs in in the console: a new password, then an authenticator", async () => {
  const shown = await openConsole(browser, cloud.urls.console);
  const invited = "invited@example.com";
  const type = (label: string, value: string) =>
    shown.page.getByLabel(label, { exact: true }).fill(value);
  const click = (name: string) =>
    shown.page.getByRole("button", { name, exact: true }).first().click();
  await shown.show("Users");
  await shown.page
    .getByLabel(/^New user's name /)
    .first()
    .fill(invited);
  await click("Create");
  await shown.page.getByText("the temporary password is in the mailbox.").waitFor();

  await shown.show("Attack");
  await type("User name or e-mail address", invited);
  await type("Password (optional)", await mailedCode(invited));
  await click("Sign in");
  await shown.page.getByText("The password is temporary: send a new one with it.").waitFor();
  await type("New password, if it is temporary", "Another-Horse-2!");
  await click("Sign in");
  await shown.page
    .getByText(`The new password is set. ${invited} needs an authenticator.`)
    .waitFor();

  await click("Cancel");
  await shown.page.getByText("The new password is set: sign in with it.").waitFor();
  await shown.page.locator("input:focus").fill(invited);
  await type("Password (optional)", "Another-Horse-2!");
  await click("Sign in");
  await shown.page.getByText(`${invited} needs an authenticator.`).waitFor();
  await shown.page
    .locator("input:focus")
    .fill(codeOf(await shown.page.locator("form code").innerText()));
  expect(await violationsOn(shown.page)).toEqual([]);
  await click("Register");
  await shown.page
    .locator(":focus", { hasText: `Requests carry the token of ${invited}.` })
    .waitFor();
  // The browser says of each refusal that it is one.
  expect(shown.complaints.filter((text) => !text.includes("409"))).toEqual([]);
  await shown.close();
});
