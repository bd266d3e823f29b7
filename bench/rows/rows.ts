/** What is measured, in the order of the tables. */
import fs from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import {
  anyAnswer,
  nonProxyIntegration,
  proxyIntegration,
  type RequestAdapter,
} from "./request-adapter.ts";
import type { VariantName } from "./variants.ts";

/** The names of the rows, as the results have them. */
export const rowNames = [
  "baseline",
  "guide",
  "plain",
  "initTasks",
  "sdkShims",
  "shipped",
  "express",
  "fastify",
  "powertools",
] as const;

export type RowName = (typeof rowNames)[number];

/** The names of the rows, as the report has them. Each `+` adds to what the row above it has. */
export const rowLabels: Readonly<Record<RowName, string>> = {
  baseline: "baseline: an empty handler",
  guide: "the guide's handler",
  plain: "plain",
  initTasks: "+ init tasks",
  sdkShims: "+ SDK shims",
  shipped: "+ web shims: as shipped",
  express: "Express",
  fastify: "Fastify",
  powertools: "Powertools",
};

/** A handler's code, as Lambda would be given it. */
export interface HandlerCode {
  readonly folder: string;
  readonly handler: string;
  /** Bytes of the archive. */
  readonly zipBytes: number;
}

/** A handler, and how to ask it. */
export interface Row extends HandlerCode {
  readonly name: RowName;
  readonly adapter: RequestAdapter;
}

/** Every row: variants of this app as SST built them, and the peers in `peers`, each in a folder of its name. */
export function listRows(
  peers: string,
  variants: Readonly<Record<VariantName, HandlerCode>>,
): readonly Row[] {
  const built: Readonly<Record<string, HandlerCode>> = variants;
  return rowNames.map((name) => ({
    name,
    adapter: adapters[name] ?? proxyIntegration,
    ...(built[name] ?? peerIn(path.join(peers, name))),
  }));
}

const adapters: Partial<Record<RowName, RequestAdapter>> = {
  baseline: anyAnswer,
  guide: nonProxyIntegration,
};

function peerIn(folder: string): HandlerCode {
  const files = fs
    .readdirSync(folder)
    .map((file) => [file, fs.readFileSync(path.join(folder, file))] as const);
  const zipBytes = zipSync(Object.fromEntries(files), { level: 9 }).length;
  return { folder, handler: "index.handler", zipBytes };
}
