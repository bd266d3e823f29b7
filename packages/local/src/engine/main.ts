/** The local engine, which the SST CLI runs in place of `pulumi`, with the same arguments. */
import { writeCheckpoint } from "./checkpoint.ts";
import { pulumiVersion } from "./version.ts";

const [command = "", ...rest] = process.argv.slice(2);

// The CLI starts the engine in its own process group, so a killed CLI would leave it running.
const cli = process.ppid;
setInterval(() => {
  if (process.ppid !== cli) process.exit(1);
}, 250).unref();

switch (command) {
  case "version":
    process.stdout.write(`${pulumiVersion}\n`);
    break;
  case "stack":
    initStack(rest);
    break;
  case "up":
  case "destroy": {
    const { update } = await import("./update.ts");
    process.exitCode = await update(command, rest);
    break;
  }
  default:
    process.stderr.write(`error: The local cloud's engine does not support "pulumi ${command}".\n`);
    process.exitCode = 1;
}

/** `stack init organization/APP/STAGE`: a stack file with no resources. */
function initStack([action, stack]: string[]): void {
  if (action !== "init" || stack === undefined) {
    throw new Error(`The local engine supports "stack init NAME", not "stack ${action}".`);
  }
  writeCheckpoint(process.cwd(), stack, []);
}
