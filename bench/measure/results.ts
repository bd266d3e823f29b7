/** What a run has found: the content of the JSON file. */
import type { CandidateName } from "../rows/rows.ts";
import type { ColdFigures } from "./cold.ts";
import type { CloudResults } from "../local-cloud/measure-cloud.ts";
import type { HeapSample } from "./heap.ts";
import type { PeerResults } from "../local-cloud/serverless-offline.ts";
import type { WarmFigures } from "./warm.ts";

/** The parts of a run. */
export const sections = ["cold", "warm", "cloud"] as const;

export type Section = (typeof sections)[number];

/** Milliseconds, microseconds and bytes, as the parts' own types say. */
export interface BenchResults {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly machine: { readonly node: string; readonly cpu: string; readonly cores: number };
  readonly quick: boolean;
  /** Bytes of each candidate's archive; the unbundled guide's is without its SDK. */
  readonly zips: Partial<Readonly<Record<CandidateName, number>>>;
  readonly cold?: {
    readonly runs: number;
    readonly memoryMb: number;
    /** How processes were slowed down. */
    readonly means: string;
    readonly candidates: Partial<Readonly<Record<CandidateName, ColdFigures>>>;
  };
  readonly warm?: { readonly rows: Readonly<Record<string, WarmFigures>> };
  readonly heap?: { readonly requests: number; readonly samples: readonly HeapSample[] };
  readonly cloud?: CloudResults & {
    /** A text says why the peer was not measured. */
    readonly serverlessOffline: PeerResults | string;
  };
}
