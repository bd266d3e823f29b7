/** The local cloud: run any SST app on this machine, with the app's own SST CLI and no AWS account. */
export { startLocalCloud, type LocalCloud } from "./local-cloud.ts";
export type { DeployOptions, LocalCloudOptions } from "./local-cloud-options.ts";
export { runLocalCloud, type RunArgs } from "./cli/run.ts";
export type { DevOptions, DevSession } from "./sst/dev/session.ts";
export type { RequestExample } from "./attacks/targets/example.ts";
export type { InertPart } from "./inert/unsupported.ts";
export type { Limitation } from "./provider/limitations.ts";
export type { GraphResource } from "./deployments/standing.ts";
export { PortTakenError } from "./http/listen.ts";
export type { LogEvent, LogGroups } from "./services/cloudwatch-logs/log-groups.ts";
export { SstFailedError } from "./sst/cli.ts";
