/** The console's page while requests pass: what it takes from the gateway, and the memory of both. */
import fs from "node:fs";
import { Agent } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import { startChromium } from "../../scripts/support/chromium.ts";
import { spreadOf, type Spread } from "../support/statistics.ts";
import { runLoad, shoot, type Shot } from "./load.ts";
import { greetThrough, withoutToken } from "./measure-cloud.ts";
import { startApp, tokenFrom, type RunningApp } from "./running-app.ts";

const SETTLED_MS = 1_500;

/** Answers a second while the page is closed and while it is open, in the order of the rounds. */
export interface Compared {
  readonly closed: Spread;
  readonly open: Spread;
}

/** One look at both, in bytes; the page's heap after a collection. */
export interface PageSample {
  readonly requests: number;
  readonly heap: number;
  readonly nodes: number;
  /** Of the local cloud's process. */
  readonly rss: number;
}

/** What was measured. */
export interface ConsoleResults {
  /** Requests without a token: firewall and authorizer, no function. */
  readonly refused: Compared;
  readonly greeted: Compared;
  readonly samples: readonly PageSample[];
}

/** How long and how often; `sampledAt` are numbers of requests. */
export interface ConsolePlan {
  readonly rounds: number;
  readonly loadMs: number;
  readonly connections: number;
  readonly sampledAt: readonly number[];
  readonly onStep: (label: string) => void;
}

/** Measures the app in `project`. @throws Error without a browser on the path */
export async function measureConsole(project: string, plan: ConsolePlan): Promise<ConsoleResults> {
  const browser = await startChromium();
  try {
    const app = await startApp(project);
    try {
      const page = await browser.newPage();
      const greet = greetThrough(app.apiUrl, await tokenFrom(app));
      const refuse = withoutToken(app.apiUrl);
      const refused = await compare(app, page, refuse, plan, "rejections");
      const greeted = await compare(app, page, greet, plan, "greetings");
      return { refused, greeted, samples: await sample(app, page, [refuse, greet], plan) };
    } finally {
      await app.stop();
    }
  } finally {
    await browser.close();
  }
}

async function openConsole({ consoleUrl }: RunningApp, page: Page): Promise<void> {
  await page.goto(consoleUrl);
  await page.locator(".requests li").first().waitFor();
}

/** Which of the two comes first changes with each round. */
async function compare(
  app: RunningApp,
  page: Page,
  shot: Shot,
  { rounds, onStep, ...load }: ConsolePlan,
  label: string,
): Promise<Compared> {
  const measured = { closed: [] as number[], open: [] as number[] };
  const run = async () => (await runLoad(shot, { ...load, ms: load.loadMs })).perSecond;
  await run();
  for (let round = 0; round < rounds; round += 1) {
    onStep(`${label}, round ${round + 1} of ${rounds}`);
    for (const isOpen of round % 2 === 0 ? [false, true] : [true, false]) {
      if (isOpen) await openConsole(app, page);
      else await page.goto("about:blank");
      // What a page takes to open or to close is no part of it.
      await delay(SETTLED_MS);
      measured[isOpen ? "open" : "closed"].push(await run());
    }
  }
  return { closed: spreadOf(measured.closed), open: spreadOf(measured.open) };
}

/** One greeting to four rejections. */
async function sample(
  app: RunningApp,
  page: Page,
  [refuse, greet]: readonly [Shot, Shot],
  { sampledAt, connections, onStep }: ConsolePlan,
): Promise<PageSample[]> {
  await openConsole(app, page);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const samples: PageSample[] = [];
  let sent = 0;
  for (const requests of sampledAt) {
    onStep(`memory at ${requests} requests`);
    const loop = async () => {
      while (sent < requests) {
        sent += 1;
        await shoot(sent % 5 === 0 ? greet : refuse, agent);
      }
    };
    await Promise.all(Array.from({ length: connections }, loop));
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
    samples.push({
      requests,
      heap: metric("JSHeapUsedSize"),
      nodes: metric("Nodes"),
      rss: residentBytesOf("scripts/start.ts"),
    });
  }
  agent.destroy();
  return samples;
}

/** The memory of this process's child that runs a script, by Linux. */
function residentBytesOf(script: string): number {
  const children = fs.readFileSync(`/proc/self/task/${process.pid}/children`, "utf8");
  const found = children
    .trim()
    .split(" ")
    .find((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(script));
  const [, kilobytes] =
    /^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${found}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1_024;
}
