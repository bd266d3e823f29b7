/** Decodes URI components. */
import { AwsError } from "./errors.ts";

/** The decoded text. @throws AwsError InvalidURI (S3's code; assumed for others). */
export function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.");
  }
}
