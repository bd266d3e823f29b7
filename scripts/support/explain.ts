/** Says of errors that commands get from AWS what to do. */
import { messageOf } from "@secure-lambda/local/command-line";

/** The text that operators read about an error. */
export function explain(error: unknown): string {
  const message = messageOf(error);
  if (error instanceof Error && error.name === "CredentialsProviderError") {
    return `${message.replace(/\.?$/, ".")} --stage works on AWS, with your credentials: sign in as for the AWS CLI, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  const [, address] = /^connect ECONNREFUSED (\S+)$/.exec(message) ?? [];
  return address === undefined ? message : `Nothing answers at ${address}. Is it running?`;
}
