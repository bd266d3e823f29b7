/**
 * What an app's own commands share with the local cloud's. It leaves out the local cloud itself, whose
 * import takes most of a second.
 */
export { createCommand, parseWith, runCommand, type CommandRun } from "./cli/command.ts";
export { ensurePlatform } from "./cli/ensure-platform.ts";
export { closedOutputSignal, interruptSignal, InterruptedError } from "./cli/interrupt.ts";
export { defaultPorts, portNumber } from "./cli/options.ts";
export { UsageError } from "./cli/usage-error.ts";
export { messageOf } from "./errors/error-message.ts";
export { runInGroup, type GroupRun } from "./processes/process-group.ts";
export { totpCode, totpStepAt, totpStepLength } from "./services/cognito/totp.ts";
export { callLoopbackDirectly } from "./http/loopback-proxy.ts";
export { localApiUrl, localLoginUrl, mailboxUrl } from "./local-paths.ts";
export { findRunningClouds, type RunningCloud } from "./runs/cloud-registry.ts";
export { columnsOf, wrap, wrapLines } from "./text/wrap.ts";
export { escapeForTerminal, escapeInJson, escapeLines } from "./text/escape.ts";
export { checkStageFile } from "./sst/env-files.ts";
export { variablesIn } from "./sst/env-files.ts";
export { isPlatformInstalled } from "./sst/install.ts";
export { sstBinary } from "./sst/cli.ts";
export { openProject } from "./sst/project.ts";
export { accessLogStream } from "./services/api-gateway/execute-api/access-log.ts";
export { renderLogEvent } from "./terminal/render.ts";
export { createTerminal, type Step, type Terminal } from "./terminal/terminal.ts";
