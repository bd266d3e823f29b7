/** `sst deploy` from the command line. */
import type { LocalCloud } from "../local-cloud.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Deploys and shows how far it is. @throws SstFailedError with what the CLI printed. */
export async function deploy(
  cloud: LocalCloud,
  stage: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const step = terminal.step(`sst deploy --stage ${stage}`);
  let resources = 0;
  const onLine = (line: string) => {
    if (!/^\|\s+(Created|Updated|Deleted)/.test(line)) return;
    resources += 1;
    step.update(`${resources} resources`);
  };
  const onWait = (what: string) => terminal.line(`    ${what}`);
  try {
    await cloud.deploy({ stage, onLine, onWait, signal });
    step.done();
  } catch (error) {
    step.failed();
    throw error;
  }
}
