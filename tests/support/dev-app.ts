/** This app under `sst dev` on a local cloud of its own, from a copy of its sources to edit. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { createUser, localPassword, signIn } from "../../scripts/support/users.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Far above what anything here takes, on a machine that is busy with other things. */
const DEADLINE_MS = 40_000;
const POLL_MS = 100;

/** The CLI's watcher ignores a file that changes again within 500 ms (recorded: watcher.go of SST). */
const BETWEEN_SAVES_MS = 600;

export interface SourceCopy {
  readonly folder: string;
  /** Saves a file with some of its text replaced; what it resolves to saves it as it was. */
  save(file: string, from: string, to: string): Promise<() => Promise<void>>;
  remove(): void;
}

/** Copies what `sst dev` watches and builds; packages and SST's platform are linked. */
export function copySources(): SourceCopy {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "dev-copy-")));
  const inCopy = (name: string) => path.join(folder, name);
  const link = (name: string) => fs.symlinkSync(path.join(root, name), inCopy(name));
  const copied = ["sst.config.ts", "stacks", "package.json", "tsconfig.json"];
  for (const name of [
    ...copied,
    "packages/core",
    "packages/functions",
    ".sst/provider-lock.json",
  ]) {
    fs.cpSync(path.join(root, name), inCopy(name), { recursive: true });
  }
  for (const name of ["node_modules", "packages/local", "scripts", ".sst/platform"]) link(name);
  // The linked packages would lead to the core that is not the copy.
  fs.mkdirSync(inCopy("packages/functions/node_modules/@secure-lambda"), { recursive: true });
  fs.symlinkSync(
    inCopy("packages/core"),
    inCopy("packages/functions/node_modules/@secure-lambda/core"),
  );
  let savedAt = -BETWEEN_SAVES_MS;
  /** In one step, as editors do: the CLI must not find half a file. */
  async function write(file: string, text: string): Promise<void> {
    await delay(Math.max(0, savedAt + BETWEEN_SAVES_MS - performance.now()));
    const unfinished = inCopy(".sst/unfinished");
    fs.writeFileSync(unfinished, text);
    fs.renameSync(unfinished, inCopy(file));
    savedAt = performance.now();
  }
  return {
    folder,
    async save(file, from, to) {
      const before = fs.readFileSync(inCopy(file), "utf8");
      if (!before.includes(from)) throw new Error(`${file} does not contain "${from}".`);
      await write(file, before.replace(from, to));
      return () => write(file, before);
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

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
  stop(): Promise<void>;
}

/** Starts it, with workers that a debugger can attach to. */
export async function startDevApp(): Promise<DevApp> {
  const copy = copySources();
  const lines: string[] = [];
  const cloud = await startLocalCloud({ project: copy.folder, timeLimits: false });
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
    const token = await tokenOfUser1(cloud);
    const greet = async (name: string, timeoutMs = DEADLINE_MS) => {
      const response = await fetch(`${cloud.urls.api}/lambda1`, {
        method: "POST",
        headers: { authorization: token, "content-type": "application/json" },
        body: JSON.stringify({ name }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, text: await response.text() };
    };
    return {
      ...copy,
      cloud,
      lines,
      greet,
      async untilAnswer(pattern) {
        const startedAt = performance.now();
        // A request that an edit cut off gets no answer: the next one does.
        await poll(`an answer like ${pattern}`, lines, async () => {
          const { text } = await greet("Ada", 2_000).catch(() => ({ text: "" }));
          return pattern.test(text) ? text : undefined;
        });
        return Math.round(performance.now() - startedAt);
      },
      untilLine: (pattern, from = 0) =>
        poll(`a line like ${pattern}`, lines, async () =>
          lines.slice(from).find((line) => pattern.test(line)),
        ),
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`sst dev did not start:\n${lines.join("\n")}`, { cause: error });
  }
}

async function tokenOfUser1(cloud: LocalCloud): Promise<string> {
  const cognito = new CognitoIdentityProviderClient({
    region: "us-east-1",
    endpoint: cloud.urls.aws,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    const target = { stage: "local", local: true, cognito };
    const pool = await findUserPool(target, 1);
    const user = { email: "user1@example.com", password: localPassword };
    await createUser(target, pool, user);
    return await signIn(target, pool, user);
  } finally {
    cognito.destroy();
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
