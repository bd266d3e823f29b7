/** Calls of SNS and SQS from inside the local cloud. */
import * as z from "zod";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Fauxqs } from "./fauxqs.ts";

/** How deployments and deliveries call messaging. Both throw AwsError with the service's code. */
export interface SendRequests {
  /** An SQS operation; resolves to its output. */
  sqs(operation: string, input: object): Promise<unknown>;
  /** An SNS operation; resolves to its output as XML. */
  sns(operation: string, parameters: Record<string, string>): Promise<string>;
}

/** Calls over `fauxqs`. */
export function sendRequests(fauxqs: Fauxqs): SendRequests {
  async function sqs(operation: string, input: object): Promise<unknown> {
    const response = await fauxqs.sqs(operation, input);
    const output: unknown = await response.json();
    if (response.ok) return output;
    throw sqsError(output, response.status);
  }

  async function sns(operation: string, parameters: Record<string, string>): Promise<string> {
    const response = await fauxqs.sns(operation, new Map(Object.entries(parameters)));
    const document = await response.text();
    if (response.ok) return document;
    throw new AwsError(xmlText(document, "Code"), xmlText(document, "Message"), response.status);
  }

  return { sqs, sns };
}

const jsonError = z.object({ __type: z.string(), message: z.string() });

/** The error in a response of SQS's JSON protocol, its code without the namespace. */
export function sqsError(output: unknown, status: number): AwsError {
  const { __type: type, message } = jsonError.parse(output);
  return new AwsError(type.split("#").at(-1) ?? type, message, status);
}

/** The text of the first element of a name. @throws Error when the document has none. */
export function xmlText(document: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(document)?.[1];
  if (text === undefined) throw new Error(`The SNS response has no ${element}`);
  return text;
}
