/** What the engine says it is. */

/** The Pulumi release that sst 4.17.1 drives: the CLI compares it with `pulumi version`. */
export const pulumiVersion = "v3.215.0";
