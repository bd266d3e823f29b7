/** Which functions run in which traces: their calls and documents are recorded there. */

/** A function's segment. */
export interface FunctionSegment {
  readonly traceId: string;
  readonly id: string;
  readonly functionArn: string;
}

/** The newest are kept: what a function sends late still counts. */
const most = 2000;

/** Creates an empty list; `mayTrace` tells whether a function may write segments. */
export function createFunctionsInTraces(mayTrace: (functionArn: string) => boolean) {
  const byId = new Map<string, FunctionSegment>();
  const functionsByTrace = new Map<string, Set<string>>();

  return {
    /** Adds a function that begins to run; false when its role may not write segments. */
    begin(segment: FunctionSegment): boolean {
      const { traceId, id, functionArn } = segment;
      if (!mayTrace(functionArn)) return false;
      byId.set(id, segment);
      functionsByTrace.set(traceId, (functionsByTrace.get(traceId) ?? new Set()).add(functionArn));
      for (const old of [byId, functionsByTrace]) {
        const [oldest] = old.keys();
        if (old.size > most && oldest !== undefined) old.delete(oldest);
      }
      return true;
    },
    /** The trace of a function's segment; undefined for other ids. */
    traceOf: (id: string): string | undefined => byId.get(id)?.traceId,
    /** Whether functions of a trace may report to it, as they are allowed now. */
    mayReport: (traceId: string): boolean =>
      functionsByTrace.get(traceId)?.values().some(mayTrace) === true,
  };
}

/** The functions of one local cloud. */
export type FunctionsInTraces = ReturnType<typeof createFunctionsInTraces>;
