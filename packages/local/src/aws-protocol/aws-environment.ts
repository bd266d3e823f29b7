/** Where everything of one local cloud stands. */

/** A Region and the twelve-digit account in it. */
export interface AwsEnvironment {
  readonly region: string;
  readonly account: string;
}
