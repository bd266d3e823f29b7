/** Calls for data that a program makes while it runs. */

/** Answers a call for data, such as `aws.getRegion()`. @throws for one that is not supported. */
export type InvokeData = (
  token: string,
  inputs: Record<string, unknown>,
) => Record<string, unknown>;
