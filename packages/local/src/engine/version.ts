/** The engine's version. */

/** The Pulumi release that sst 4.17.1 drives: the CLI compares it with `pulumi version`. */
export const pulumiVersion = "v3.215.0";
