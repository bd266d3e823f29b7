/** Who is measured, in the order of the tables. */
import fs from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { anything, throughGateway, withoutProxy, type Conversation } from "./request-adapter.ts";
import type { ShippedFunction } from "../fixture/deployed-functions.ts";

/** The names of the candidates, as the results have them. */
export const candidateNames = [
  "baseline",
  "guide",
  "guide-bundled",
  "ours",
  "ours-code-cache",
  "express",
  "fastify",
  "powertools",
] as const;

export type CandidateName = (typeof candidateNames)[number];

/** A handler and how to talk to it. */
export interface Candidate {
  readonly name: CandidateName;
  readonly folder: string;
  readonly handler: string;
  /** Bytes of what would be uploaded. */
  readonly zipBytes: number;
  readonly conversation: Conversation;
}

/** Ours as it is shipped: as it is by default, and with the setting of that name. */
export type ShippedFunctions = Readonly<Record<"ours" | "ours-code-cache", ShippedFunction>>;

/** The candidates in `folder`, each in a folder of its name. */
export function listCandidates(folder: string, shipped: ShippedFunctions): readonly Candidate[] {
  return candidateNames.map((name) => {
    const own = path.join(folder, name);
    const { handler, zipBytes } =
      name === "ours" || name === "ours-code-cache"
        ? shipped[name]
        : { handler: "index.handler", zipBytes: zippedSize(own) };
    const conversation = conversations[name] ?? throughGateway;
    return { name, folder: own, handler, zipBytes, conversation };
  });
}

const conversations: Partial<Record<CandidateName, Conversation>> = {
  baseline: anything,
  guide: withoutProxy,
  "guide-bundled": withoutProxy,
};

function zippedSize(folder: string): number {
  const files = fs
    .readdirSync(folder)
    .map((file) => [file, fs.readFileSync(path.join(folder, file))] as const);
  return zipSync(Object.fromEntries(files), { level: 9 }).length;
}
