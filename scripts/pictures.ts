/** `npm run pictures`: README's pictures of the console, in light and dark, from the local cloud that runs here. */
import path from "node:path";
import { type UserPool, userPools } from "@secure-lambda/functions/contract";
import {
  callLoopbackDirectly,
  createCommand,
  createTerminal,
  findRunningClouds,
  runCommand,
} from "@secure-lambda/local/command-line";
import type { Browser } from "playwright-core";
import { startChromium } from "./support/chromium.ts";
import { CommandError } from "./support/command-error.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { findTarget, type Target } from "./support/target.ts";
import { findUserPool } from "./support/user-pools.ts";
import { localPassword, signIn } from "./support/users.ts";

const folder = "docs/images";

/** The command. */
export const command = createCommand(
  "npm run pictures --",
  `Sends some requests to the local cloud of this folder and writes what its console shows to ${folder}. Needs a Chromium on the path.`,
).action(async () => {
  callLoopbackDirectly();
  const [cloud] = findRunningClouds(".");
  if (cloud === undefined) {
    throw new CommandError('No local cloud is running in this folder. Start one with "npm start".');
  }
  const target = await findTarget({ awsPort: new URL(cloud.awsUrl).port });
  await sendRequests(target, cloud.apiUrl);
  const browser = await startChromium();
  const terminal = createTerminal(process.stdout);
  try {
    for (const theme of ["light", "dark"] as const) {
      const file = path.join(folder, `console-${theme}.png`);
      await takePicture(browser, cloud.consoleUrl, theme, file);
      terminal.line(file);
    }
  } finally {
    await browser.close();
  }
});

/** Greetings through every route, and what is refused on the way; the last is shown whole. */
async function sendRequests(target: Target, apiUrl: string): Promise<void> {
  const post = async (pool: UserPool, token: string | undefined, body: object) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { "content-type": "application/json", ...authorization };
    await fetch(`${apiUrl}/lambda${pool}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
  };
  const tokens = await Promise.all(
    userPools.map(async (number) => {
      const user = { email: `user${number}@example.com`, password: localPassword };
      return [number, await signIn(target, await findUserPool(target, number), user)] as const;
    }),
  );
  for (const [pool, token] of tokens) {
    await post(pool, undefined, { name: "Ada" });
    await post(pool, token, { name: 7 });
    await post(pool, token, { name: "Grace" });
  }
  for (const [pool, token] of tokens.toReversed()) await post(pool === 1 ? 2 : 1, token, {});
}

async function takePicture(browser: Browser, url: string, theme: "light" | "dark", file: string) {
  const page = await browser.newPage({
    colorScheme: theme,
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 860 },
  });
  await page.goto(url);
  await page.locator(".picture .wide .refused").first().waitFor();
  await page.locator(".waterfall li").first().waitFor();
  await page.screenshot({ path: file });
  await page.close();
}

if (isMain(import.meta)) await runCommand(command, { explain });
