/** `npm run pictures`: README's pictures of terminal and console, from a local cloud that it starts. */
import fs from "node:fs";
import path from "node:path";
import {
  callLoopbackDirectly,
  createCommand,
  createTerminal,
  findRunningClouds,
  runCommand,
} from "@secure-lambda/local/command-line";
import type { Browser } from "playwright-core";
import { sendRequests } from "./pictures/requests.ts";
import { startApp } from "./pictures/start-app.ts";
import { drawTerminal } from "./pictures/terminal.ts";
import { startChromium } from "./support/chromium.ts";
import { CommandError } from "./support/command-error.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";

const folder = "docs/images";

/** The command. */
export const command = createCommand(
  "npm run pictures --",
  `Starts the app on a local cloud, sends some requests, and writes pictures of its terminal and its console to ${folder}. Needs a Chromium on the path.`,
).action(async () => {
  callLoopbackDirectly();
  const terminal = createTerminal(process.stdout);
  const browser = await startChromium();
  const app = startApp();
  try {
    await app.shows(/^ {2}console /);
    const [cloud] = findRunningClouds(".");
    if (cloud === undefined) throw new CommandError("No local cloud is running in this folder.");
    await sendRequests(cloud.apiUrl, cloud.awsUrl);
    await app.shows(/✗ authorizer: it is a token of another pool/);
    await app.shows(/Hello Ada\. Greetings from InternalLambda/);
    const file = path.join(folder, "terminal.svg");
    fs.writeFileSync(file, drawTerminal("The output of npm start", ["$ npm start", ...app.lines]));
    terminal.line(file);
    for (const theme of ["light", "dark"] as const) {
      const console = path.join(folder, `console-${theme}.png`);
      await takePicture(browser, cloud.consoleUrl, theme, console);
      terminal.line(console);
    }
  } finally {
    await app.stop();
    await browser.close();
  }
});

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
