/** What a run has found: the content of the JSON file. */
import type { ConsoleResults } from "../local-cloud/console-page.ts";
import type { CloudResults } from "../local-cloud/measure-cloud.ts";
import type { PeerResults } from "../local-cloud/serverless-offline.ts";
import type { RowName } from "../rows/rows.ts";
import type { ColdResults } from "./cold.ts";
import type { HeapSample } from "./heap.ts";
import type { WarmResults } from "./warm.ts";

/** The parts of a run. */
export const sections = ["cold", "warm", "cloud", "console"] as const;

export type Section = (typeof sections)[number];

/** Milliseconds, microseconds and bytes, as the parts' own types say. */
export interface BenchResults {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly machine: { readonly node: string; readonly cpu: string; readonly cores: number };
  readonly quick: boolean;
  /** What a round trip to AWS takes where there is one. */
  readonly roundTripMs: number;
  /** Bytes of each row's archive; the guide's is without its SDK. */
  readonly archives: Readonly<Partial<Record<RowName, number>>>;
  readonly cold?: {
    readonly runs: number;
    readonly memoryMb: number;
    /** How processes were slowed down. */
    readonly means: string;
    readonly rows: ColdResults;
  };
  readonly warm?: WarmResults;
  readonly heap?: { readonly requests: number; readonly samples: readonly HeapSample[] };
  readonly cloud?: CloudResults & {
    /** A text says why the peer was not measured. */
    readonly serverlessOffline: PeerResults | string;
  };
  readonly console?: ConsoleResults;
}
