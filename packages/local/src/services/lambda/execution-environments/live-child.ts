/** The environment of a live function: a bridge with the interface of a process. */
import { startBridge, type BridgeOptions } from "../live/bridge.ts";
import type { Child, ChildOptions } from "./child.ts";

/** The options of a live function's environment. */
type LiveChildOptions = Omit<BridgeOptions, "runtimeApi" | "onLine"> &
  Pick<ChildOptions, "onLine" | "onExit"> & {
    /** The environment's id. */
    readonly id: string;
    /** Handles requests of the Runtime API. */
    readonly ask: (request: Request) => Promise<Response>;
  };

/** Starts it; its end is reported as that of a killed process. */
export function startLiveChild(options: LiveChildOptions): Child {
  const { id, ask, onLine, onExit, ...rest } = options;
  const bridge = startBridge({
    ...rest,
    onLine: (text) => onLine(text),
    async runtimeApi(path, body) {
      // The environment that starts this child is registered at the end of this turn.
      await Promise.resolve();
      const url = `http://runtime.invalid/${id}/2018-06-01/runtime${path}`;
      return ask(
        body === undefined ? new Request(url) : new Request(url, { method: "POST", body }),
      );
    },
  });
  const end = () => {
    onExit();
    return { code: null, signal: "SIGKILL" } as const;
  };
  return {
    ended: bridge.ended.then(end),
    kill: () => bridge.stop(),
    // Its code runs in the SST CLI's own workers.
    freeze: () => {},
    thaw: () => {},
    peakMemoryMb: () => undefined,
  };
}
