/** Which functions run in which traces: their calls and documents are recorded there. */

/** A function's segment. */
export interface FunctionSegment {
  readonly traceId: string;
  readonly id: string;
  /** The role by which the function writes segments. */
  readonly roleArn: string;
}

/** The newest are kept: what a function sends late still counts. */
const most = 2000;

/** Creates an empty list; `mayTrace` tells whether a role may write segments. */
export function createFunctionsInTraces(mayTrace: (roleArn: string) => boolean) {
  const byId = new Map<string, FunctionSegment>();
  const rolesByTrace = new Map<string, Set<string>>();

  return {
    /** Adds a function that begins to run; false when its role may not write segments. */
    begin(segment: FunctionSegment): boolean {
      const { traceId, id, roleArn } = segment;
      if (!mayTrace(roleArn)) return false;
      byId.set(id, segment);
      rolesByTrace.set(traceId, (rolesByTrace.get(traceId) ?? new Set()).add(roleArn));
      for (const old of [byId, rolesByTrace]) {
        const [oldest] = old.keys();
        if (old.size > most && oldest !== undefined) old.delete(oldest);
      }
      return true;
    },
    /** The trace of a function's segment; undefined for other ids. */
    traceOf: (id: string): string | undefined => byId.get(id)?.traceId,
    /** Whether functions of a trace may report to it, as they are allowed now. */
    mayReport: (traceId: string): boolean =>
      rolesByTrace.get(traceId)?.values().some(mayTrace) === true,
  };
}

/** The functions of one local cloud. */
export type FunctionsInTraces = ReturnType<typeof createFunctionsInTraces>;
