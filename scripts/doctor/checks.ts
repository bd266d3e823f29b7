/** What `npm start` and `npm test` need. */
import fs from "node:fs";
import path from "node:path";
import {
  isPlatformInstalled,
  messageOf,
  openProject,
  type RunningCloud,
  sstBinary,
} from "@secure-lambda/local/command-line";
import { listen, PortTakenError } from "@secure-lambda/local/listen";
import * as z from "zod";
import { textOf } from "../support/text-of.ts";

/** What was found of one thing. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What is there, or what is wrong. */
  readonly detail: string;
  /** The command that mends it. */
  readonly mend: string;
  /** The commands that need it, if others do not. */
  readonly onlyFor?: string;
}

/** The version of Node that runs this is the one of every npm script. */
export function checkNode(version: string, folder: string): Check {
  const wanted = textOf(path.join(folder, ".nvmrc")).trim();
  return {
    name: "Node",
    ok: version.split(".")[0] === wanted,
    detail: version,
    mend: `Expected ${wanted}, which npm ci brings: npm ci && npm run doctor`,
  };
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), optional: z.boolean().default(false) }),
  ),
});

/** Packages that are there in another version, as after a pull, count as missing. */
export function checkPackages(folder: string): Check {
  const name = "packages";
  const mend = "npm ci";
  const installed = readLock(path.join(folder, "node_modules", ".package-lock.json"));
  if (installed === undefined) return { name, ok: false, detail: "not installed", mend };
  const wanted = Object.entries(readLock(path.join(folder, "package-lock.json")) ?? {});
  const wrong = wanted.filter(
    ([place, { version, optional }]) =>
      place.startsWith("node_modules/") && !optional && installed[place]?.version !== version,
  );
  const [first] = wrong;
  if (first === undefined) return { name, ok: true, detail: "as in package-lock.json", mend };
  const more = wrong.length === 1 ? "" : ` and ${wrong.length - 1} more`;
  const missing = first[0].replace("node_modules/", "");
  return { name, ok: false, detail: `${missing}${more} not as in package-lock.json`, mend };
}

function readLock(file: string) {
  const text = textOf(file);
  return text === "" ? undefined : lockSchema.parse(JSON.parse(text)).packages;
}

/** SST's CLI for this machine, which npm may leave out, and its platform. */
export function checkPlatform(folder: string): Check {
  const name = "SST";
  try {
    const project = openProject(folder);
    if (!fs.existsSync(sstBinary(project))) throw new Error("its CLI is missing");
    const ok = isPlatformInstalled(project);
    const detail = ok ? project.sstVersion : "its platform is not installed";
    return { name, ok, detail, mend: "npm run platform (npm start installs it as well)" };
  } catch (error) {
    return { name, ok: false, detail: messageOf(error), mend: "npm ci --include=optional" };
  }
}

/** A port that `npm start` listens on; a local cloud of this folder may have it. */
export async function checkPort(port: number, running: readonly RunningCloud[]): Promise<Check> {
  const name = `port ${port}`;
  const mend = "npm start -- --port 0 --aws-port 0";
  const onlyFor = "npm start without ports";
  if (running.some((cloud) => portsOf(cloud).includes(String(port)))) {
    return { name, ok: true, detail: "of the local cloud that runs in this folder", mend, onlyFor };
  }
  try {
    const listener = await listen(() => new Response(), port);
    await listener.close();
    return { name, ok: true, detail: "free", mend, onlyFor };
  } catch (error) {
    if (!(error instanceof PortTakenError)) throw error;
    return { name, ok: false, detail: "taken by another program", mend, onlyFor };
  }
}

const portsOf = ({ apiUrl, awsUrl }: RunningCloud) =>
  [apiUrl, awsUrl].map((url) => new URL(url).port);
