/** The bootstrap state of the SST CLI in an AWS account. */

/** The names of the two buckets that SST keeps in every account and Region. */
export interface SstBuckets {
  asset: string;
  state: string;
}

/**
 * The parameter that makes the CLI skip its bootstrap: it runs only the steps from `version` on,
 * and a number far above theirs leaves none (pkg/project/provider/aws.go, `Bootstrap`).
 */
export function sstBootstrapParameter({ asset, state }: SstBuckets): Record<string, string> {
  return { "/sst/bootstrap": JSON.stringify({ version: 99, asset, state }) };
}
