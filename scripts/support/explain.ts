/** Says of errors that commands get from AWS what to do. */
import { messageOf } from "@secure-lambda/local/command-line";
import { howToSignIn } from "./aws-credentials.ts";

/** The text that operators read about an error. */
export function explain(error: unknown): string {
  const message = messageOf(error);
  if (error instanceof Error && error.name === "CredentialsProviderError") {
    return `${message.replace(/\.?$/, ".")} --stage works on AWS, with your credentials. ${howToSignIn}`;
  }
  const [, address] = /^connect ECONNREFUSED (\S+)$/.exec(message) ?? [];
  return address === undefined ? message : `Nothing answers at ${address}. Is it running?`;
}
