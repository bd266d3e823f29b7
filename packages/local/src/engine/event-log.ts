/** The event log that the SST CLI follows: one JSON object a line, in Pulumi's engine event format. */
import fs from "node:fs";
import type { Operation } from "../deployments/protocol.ts";

/** The log of one run. */
export type EventLog = ReturnType<typeof openEventLog>;

/** Starts a log in this file, to which each call appends at once. */
export function openEventLog(file: string) {
  let sequence = 0;
  const counts: Partial<Record<Operation, number>> = {};
  const started = Date.now();

  function append(event: Record<string, unknown>): void {
    const line = { sequence: sequence++, timestamp: Math.floor(Date.now() / 1000), ...event };
    fs.appendFileSync(file, `${JSON.stringify(line)}\n`);
  }

  /** A failure; the CLI shows each message once. */
  function failed(message: string, urn?: string): void {
    append({
      diagnosticEvent: { severity: "error", message, color: "never", ...(urn ? { urn } : {}) },
    });
  }

  /** The end of a run that finished; without it the CLI prints "Interrupted". */
  function summary(): void {
    const durationSeconds = Math.ceil((Date.now() - started) / 1000);
    append({
      summaryEvent: {
        maybeCorrupt: false,
        durationSeconds,
        resourceChanges: counts,
        policyPacks: {},
      },
    });
  }

  return {
    /** A resource is about to be applied or removed. */
    began(urn: string, type: string, operation: Operation): void {
      append({ resourcePreEvent: { metadata: metadata(urn, type, operation) } });
    },
    /** A resource was applied or removed. */
    ended(urn: string, type: string, operation: Operation): void {
      counts[operation] = (counts[operation] ?? 0) + 1;
      append({ resOutputsEvent: { metadata: metadata(urn, type, operation) } });
    },
    failed,
    summary,
  };
}

function metadata(urn: string, type: string, op: Operation) {
  return { op, urn, type, old: null, new: null, logical: true, provider: "" };
}
