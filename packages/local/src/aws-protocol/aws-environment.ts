/** The region and account of a local cloud. */

/** A Region and the twelve-digit account in it. */
export interface AwsEnvironment {
  readonly region: string;
  readonly account: string;
}
