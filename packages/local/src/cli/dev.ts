/** `sst dev` from the command line: its plain lines, on a terminal as well, where ours run among them. */
import type { LocalCloud } from "../local-cloud.ts";
import type { DevSession } from "../sst/dev/session.ts";
import { escapeLines } from "../text/escape.ts";
import { withLocalAddress } from "./local-outputs.ts";
import type { CliOptions } from "./options.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The CLI has no setting for the address that it listens on (its source: server.go). */
const openPort = "  The SST CLI listens on every network interface while it runs: use a firewall";

/** Starts it and waits until the app is deployed. @throws SstDevFailedError; the signal's reason */
export async function startDev(
  cloud: Pick<LocalCloud, "dev" | "urls" | "loginUrls">,
  { stage, inspect }: Pick<CliOptions, "stage" | "inspect">,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<DevSession> {
  terminal.line(terminal.style("dim", openPort));
  const onLine = (line: string) => terminal.line(escapeLines(withLocalAddress(line, cloud)));
  const session = await cloud.dev({ stage, inspect: inspect === true, signal, onLine });
  await session.deployed;
  return session;
}

/** Resolves when the CLI has ended by our interrupt. @throws SstDevFailedError */
export async function untilDevEnds(session: DevSession, signal: AbortSignal): Promise<void> {
  try {
    await session.ended;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
