/** `sst dev` from the command line: plain lines in a pipe, the CLI's own panes on a terminal. */
import type { LocalCloud } from "../local-cloud.ts";
import { SstDevFailedError, type DevSession } from "../sst/dev/session.ts";
import { escapeLines } from "../text/escape.ts";
import type { CliOptions } from "./options.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Starts it and waits until the app is deployed. @throws SstDevFailedError; the signal's reason */
export async function startDev(
  cloud: Pick<LocalCloud, "dev" | "urls">,
  options: CliOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<DevSession> {
  const { stage, inspect = false } = options;
  const panes = hasPanes(options);
  if (panes) announce(cloud, terminal);
  terminal.line(terminal.style("dim", openPort));
  const session = await cloud.dev({
    stage,
    inspect,
    signal,
    ...(panes ? {} : { onLine: (line) => terminal.line(escapeLines(line)) }),
  });
  await session.deployed;
  return session;
}

/**
 * Resolves when the CLI has ended by our interrupt, or on a terminal by a user who closed its panes,
 * which no exit code makes a failure. @throws SstDevFailedError
 */
export async function untilDevEnds(
  session: DevSession,
  options: CliOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    await session.ended;
  } catch (error) {
    if (signal.aborted) return;
    if (!hasPanes(options) || !(error instanceof SstDevFailedError)) throw error;
  }
}

/** Whether the CLI has the terminal to itself; what we print would run through its panes. */
export function hasPanes({ json }: CliOptions): boolean {
  return !json && process.stdin.isTTY && process.stdout.isTTY;
}

/** The CLI has no setting for the address that it listens on (its source: server.go). */
const openPort = "  The SST CLI listens on every network interface while it runs: use a firewall";

function announce({ urls }: Pick<LocalCloud, "urls">, terminal: Terminal): void {
  terminal.line(`  API          ${urls.api}`);
  terminal.line(`  AWS endpoint ${urls.aws}`);
  terminal.line(`  console      ${urls.console}`);
  terminal.line(terminal.style("dim", "  sst dev takes over this terminal; Ctrl-C stops it"));
}
