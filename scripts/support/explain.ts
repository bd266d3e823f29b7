/** Says of errors that commands get from AWS what to do. */
import { messageOf } from "@secure-lambda/local/command-line";
import { howToSignIn } from "./aws-credentials.ts";

/** The text that operators read about an error. */
export function explain(error: unknown): string {
  // A fetch that failed says why in its cause only.
  const because = error instanceof TypeError && error.cause instanceof Error;
  const message = because ? `${error.message}: ${messageOf(error.cause)}` : messageOf(error);
  if (error instanceof Error && error.name === "CredentialsProviderError") {
    return `${message.replace(/\.?$/, ".")} --stage works on AWS, with your credentials. ${howToSignIn}`;
  }
  if (error instanceof Error && error.name === "PortTakenError") {
    return `${message} Stop that program, or choose another port with --port.`;
  }
  const [, address] = /^(?:fetch failed: )?connect ECONNREFUSED (\S+)$/.exec(message) ?? [];
  if (address === undefined) return message;
  return `Nothing answers at ${address}. "npm start" starts a local cloud and prints its AWS endpoint.`;
}
