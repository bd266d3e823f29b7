/** The pipes between an execution environment and the local cloud, beside standard output. */

/** Written by the environment: one JSON frame a line. */
export const TELEMETRY_FD = 3;

/** Never written to: its end tells the environment that the local cloud is gone. */
export const LIFELINE_FD = 4;
