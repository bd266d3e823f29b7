/** Faults: named calls of AWS that fail, hang, are throttled or slow down, for a number of calls. */
import { setTimeout as delay } from "node:timers/promises";
import { AwsError } from "../aws-protocol/errors.ts";

/** What happens to a call in its place, or before it. */
export type Effect =
  | { readonly kind: "error"; readonly code: string; readonly status: number }
  | { readonly kind: "throttle" }
  | { readonly kind: "delay"; readonly milliseconds: number }
  | { readonly kind: "hang" };

/** A fault to begin. */
export interface NewFault {
  /** `service:operation`, by AWS's names: `secretsmanager:GetSecretValue`. */
  readonly call: string;
  readonly effect: Effect;
  /** The number of calls; a client that tries again makes more than one. */
  readonly times: number;
}

/** A fault in force. */
export interface Fault extends NewFault {
  readonly id: string;
  /** How many calls it still waits for. */
  readonly remaining: number;
}

/** What became of a fault. */
export interface FaultChange {
  readonly change: "begun" | "met" | "ended";
  readonly fault: Fault;
}

/** The faults of one local cloud. */
export type Faults = ReturnType<typeof createFaults>;

/** SNS and SQS have codes of their own (documented: SNS-API/Publish, SQS-API/SendMessage). */
const throttling: Readonly<Record<string, readonly [code: string, status: number]>> = {
  sns: ["Throttled", 429],
  sqs: ["RequestThrottled", 429],
};

/** Creates no faults; `onChange` hears of each. */
export function createFaults(onChange: (change: FaultChange) => void) {
  const faults = new Map<string, { fault: Fault; readonly ended: AbortController }>();
  let number = 0;

  function end(id: string): boolean {
    const found = faults.get(id);
    if (found === undefined) return false;
    faults.delete(id);
    found.ended.abort();
    onChange({ change: "ended", fault: found.fault });
    return true;
  }

  /** Waits, or throws, where a fault says so; a call that hangs goes on when its fault is ended. */
  async function disturb(
    { service, operation }: { readonly service: string; readonly operation: string },
    signal: () => AbortSignal,
  ): Promise<void> {
    if (faults.size === 0) return;
    const call = `${service}:${operation}`;
    const found = [...faults.values()].find(
      ({ fault }) => fault.call === call && fault.remaining > 0,
    );
    if (found === undefined) return;
    found.fault = { ...found.fault, remaining: found.fault.remaining - 1 };
    const { effect, id, remaining } = found.fault;
    onChange({ change: "met", fault: found.fault });
    // The last call that hangs is held by its fault.
    if (remaining === 0 && effect.kind !== "hang") end(id);
    const over = AbortSignal.any([signal(), found.ended.signal]);
    if (effect.kind === "hang") await untilAborted(over);
    if (effect.kind === "delay") {
      await delay(effect.milliseconds, undefined, { signal: signal(), ref: false });
    }
    if (effect.kind === "error") throw injected(effect.code, effect.status);
    if (effect.kind === "throttle") {
      throw injected(...(throttling[service] ?? (["ThrottlingException", 400] as const)));
    }
  }

  return {
    disturb,
    begin(added: NewFault): Fault {
      number += 1;
      const fault = { ...added, id: String(number), remaining: added.times };
      faults.set(fault.id, { fault, ended: new AbortController() });
      onChange({ change: "begun", fault });
      return fault;
    },
    /** Ends a fault; false where there is none with this id. */
    end,
    list: (): Fault[] => [...faults.values()].map(({ fault }) => fault),
  };
}

function injected(code: string, status: number): AwsError {
  return new AwsError(code, "This is a fault that was injected in the local cloud.", status);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
