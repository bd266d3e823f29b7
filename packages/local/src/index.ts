/** The local cloud: run any SST app on this machine, with the app's own SST CLI and no AWS account. */
export {
  startLocalCloud,
  type DeployOptions,
  type LocalCloud,
  type LocalCloudOptions,
} from "./cloud.ts";
export { runInGroup, type GroupRun } from "./child-group.ts";
export { ensurePlatform } from "./cli/ensure-platform.ts";
export { runLocalCloud, type RunArgs } from "./cli/run.ts";
export { createTerminal, type Step, type Terminal } from "./cli/terminal.ts";
export type { DevOptions, DevSession } from "./dev/index.ts";
export type { GraphResource } from "./deployment/deployments.ts";
export { PortTakenError } from "./listen.ts";
export { messageOf } from "./message-of.ts";
export { findRunningClouds, type RunningCloud } from "./running-cloud.ts";
export type { LogEvent, LogGroups } from "./logs/index.ts";
export { SstFailedError } from "./sst/cli.ts";
