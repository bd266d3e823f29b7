/** This app under `sst dev` on a local cloud of its own, from a copy of its sources to edit. */
import { greetRequest } from "@secure-lambda/functions/contract";
import { setTimeout as delay } from "node:timers/promises";
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { openCallers } from "./callers.ts";
import { copySources, type SourceCopy } from "./source-copy.ts";

/** Far above what anything here takes, on a machine that is busy with other things. */
const DEADLINE_MS = 150_000;
const POLL_MS = 100;

/** This app while `sst dev` runs. */
export interface DevApp extends SourceCopy {
  readonly cloud: LocalCloud;
  /** What the CLI has printed. */
  readonly lines: readonly string[];
  /** Posts a name as user1; rejects when there is no answer in `timeoutMs`. */
  greet(name: string, timeoutMs?: number): Promise<{ status: number; text: string }>;
  /** Greets until the answer matches; the milliseconds that it took. */
  untilAnswer(pattern: RegExp): Promise<number>;
  /** The first line of the CLI that matches, of those from an index on. */
  untilLine(pattern: RegExp, from?: number): Promise<string>;
  /** Greets until InternalLambda logs it as an edit has it, and no more as it did before; the line. */
  untilLogged(greetOnce: () => Promise<unknown>, edited: RegExp, before: RegExp): Promise<string>;
  /** Until the alarm of this name is in that state, of which the cloud tells. */
  untilAlarm(name: string, state: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it, with workers that a debugger can attach to. */
export async function startDevApp(): Promise<DevApp> {
  const copy = copySources();
  const lines: string[] = [];
  const cloud = await startLocalCloud({ project: copy.folder, timeLimits: false });
  const alarms = new Map<string, string>();
  cloud.announcements.subscribe((announcement) => {
    if (announcement.kind !== "alarm") return;
    const { alarmArn, to } = announcement.change;
    alarms.set(alarmArn.split("-").at(-1) ?? alarmArn, to);
  });
  const stop = async () => {
    await cloud.stop();
    copy.remove();
  };
  try {
    const session = await cloud.dev({
      stage: "local",
      inspect: true,
      onLine: (line) => lines.push(line),
    });
    await session.deployed;
    const callers = openCallers("local", cloud.urls);
    await callers.createUsers();
    const token = await callers.token(1);
    callers.close();
    const greet = async (name: string, timeoutMs = DEADLINE_MS) => {
      const response = await fetch(`${cloud.urls.api}/lambda1`, {
        method: "POST",
        headers: { authorization: token, "content-type": "application/json" },
        body: JSON.stringify({ ...greetRequest.example, name }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, text: await response.text() };
    };
    const untilLine = (pattern: RegExp, from = 0) =>
      poll(`a line like ${pattern}`, lines, async () =>
        lines.slice(from).find((line) => pattern.test(line)),
      );
    return {
      ...copy,
      cloud,
      lines,
      greet,
      untilLine,
      async untilAnswer(pattern) {
        const startedAt = performance.now();
        // A request that an edit cut off gets no answer: the next one does.
        await poll(`an answer like ${pattern}`, lines, async () => {
          const { text } = await greet("Ada", 10_000).catch(() => ({ text: "" }));
          return pattern.test(text) ? text : undefined;
        });
        return Math.round(performance.now() - startedAt);
      },
      async untilLogged(greetOnce, edited, before) {
        const either = new RegExp(`${edited.source}|${before.source}`);
        let line = "";
        while (!edited.test(line)) {
          const from = lines.length;
          await greetOnce();
          line = await untilLine(either, from);
        }
        return line;
      },
      async untilAlarm(name, state) {
        await poll(`alarm ${name} in state ${state}`, lines, async () =>
          alarms.get(name) === state ? state : undefined,
        );
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`sst dev did not start:\n${lines.join("\n")}`, { cause: error });
  }
}

async function poll<Found>(
  what: string,
  lines: readonly string[],
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  const deadline = performance.now() + DEADLINE_MS;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(POLL_MS);
  }
  throw new Error(`There was no ${what}; sst dev printed:\n${lines.join("\n")}`);
}
