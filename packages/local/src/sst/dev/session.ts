/** A run of `sst dev` against the local cloud: the events endpoint, and the CLI that connects to it. */
import fs from "node:fs";
import path from "node:path";
import type { Project } from "../project.ts";
import type { Channels } from "../../services/appsync/channels.ts";
import { startAppSync } from "../../services/appsync/server.ts";
import { createTlsIdentity } from "../../http/certificate/identity.ts";
import { serverFile, untilDeployed } from "./deployed.ts";
import { devEnvironment } from "./environment.ts";
import { runSstDev } from "./run-sst-dev.ts";

/** The options of a run of `sst dev`. */
export interface DevOptions {
  readonly stage: string;
  /** Receives each line that the CLI prints. */
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal;
  /** Lets a debugger attach to the CLI's workers, each on a free port that is printed. */
  readonly inspect?: boolean;
}

/** A run of `sst dev`. */
export interface DevSession {
  /** Resolves once the app is deployed; rejects when the CLI ends before. */
  readonly deployed: Promise<void>;
  /** Resolves when the CLI has ended by itself; rejects when it was interrupted or has failed. */
  readonly ended: Promise<void>;
}

interface SessionArgs extends DevOptions {
  readonly project: Project;
  readonly region: string;
  readonly channels: Channels;
  /** A folder for the authority's certificate. */
  readonly folder: string;
  /** The SST CLI's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Called with the events endpoint's `127.0.0.1:PORT`, before the CLI asks for it. */
  readonly onHost: (host: string) => void;
  readonly onError: (error: unknown) => void;
}

/** The CLI failed; it has printed the reason. */
export class SstDevFailedError extends Error {
  override readonly name = "SstDevFailedError";
}

/** Starts `sst dev`; `close` interrupts it and resolves when all its processes have ended. */
export async function startDevSession(
  args: SessionArgs,
): Promise<DevSession & { close(): Promise<void> }> {
  const { project, stage, onLine, inspect = false, onError } = args;
  const identity = createTlsIdentity();
  const authorityFile = path.join(args.folder, "authority.pem");
  fs.writeFileSync(authorityFile, identity.authority, { mode: 0o600 });
  const events = await startAppSync({ ...args, identity, onError });
  args.onHost(new URL(events.url).host);
  // A killed CLI leaves its file behind, and another program may use that port now.
  fs.rmSync(serverFile(project, stage), { force: true });

  const closing = new AbortController();
  const signal = AbortSignal.any([closing.signal, ...(args.signal ? [args.signal] : [])]);
  const env = devEnvironment(args.env, { authorityFile, inspect });
  const command = `"sst dev --stage ${stage}"`;

  async function run(): Promise<void> {
    const code = await runSstDev(project, { stage, env, onLine, signal });
    if (code !== 0) throw new SstDevFailedError(`${command} failed.`);
  }
  const ended = run();

  async function endsTooEarly(): Promise<never> {
    await ended;
    throw new SstDevFailedError(`${command} ended before it had deployed.`);
  }
  const deployed = Promise.race([untilDeployed(project, stage, signal), endsTooEarly()]);
  // Handled here, since an unhandled rejection would end the process.
  deployed.catch(() => {});
  ended.catch(() => {});

  async function close(): Promise<void> {
    closing.abort(new Error("The local cloud was stopped."));
    await Promise.allSettled([ended, deployed]);
    await events.close();
    fs.rmSync(serverFile(project, stage), { force: true });
  }

  return { deployed, ended, close };
}
