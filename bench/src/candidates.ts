/** Who is measured, in the order of the tables. */
import fs from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { anything, throughGateway, withoutProxy, type Conversation } from "./app/conversation.ts";
import type { ShippedFunction } from "./app/shipped.ts";

/** The names of the candidates, as the results have them. */
export const candidateNames = [
  "floor",
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

/** The candidates built into `folder`, where the shipped function stands in `ours/`. */
export function listCandidates(folder: string, shipped: ShippedFunction): readonly Candidate[] {
  return candidateNames.map((name) => {
    const own = path.join(folder, name);
    const conversation = conversations[name] ?? throughGateway;
    if (name === "ours") {
      const { handler, zipBytes } = shipped;
      return { name, folder: own, handler, zipBytes, conversation };
    }
    return { name, folder: own, handler: "index.handler", zipBytes: zippedSize(own), conversation };
  });
}

const conversations: Partial<Record<CandidateName, Conversation>> = {
  floor: anything,
  guide: withoutProxy,
  "guide-bundled": withoutProxy,
};

/** A code cache is not there before the first start. */
function zippedSize(folder: string): number {
  const files = fs
    .readdirSync(folder)
    .map((file) => [file, fs.readFileSync(path.join(folder, file))] as const);
  return zipSync(Object.fromEntries(files), { level: 9 }).length;
}
