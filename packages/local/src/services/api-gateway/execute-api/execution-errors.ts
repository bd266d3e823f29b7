/** What the execution log says of a request that ended with an error response. */
import * as z from "zod";
import { customization } from "./gateway-response.ts";
import { errorTable } from "./error-table.ts";
import type { ErrorKind, GatewayError } from "./gateway-error.ts";
import type { FinishedRequest } from "./finished-request.ts";

type Describe = (request: FinishedRequest, error: GatewayError) => readonly string[];

const unauthorized: Describe = ({ context }) => [`Unauthorized request: ${context.requestId}`];
const reason: Describe = (_, error) => (error.reason === undefined ? [] : [error.reason]);

/**
 * The sentences by kind of error. Recorded but for missing parameters, whose text is the client's
 * (assumed). A kind without one has a line only for its response.
 */
const sentences: Partial<Record<ErrorKind, Describe>> = {
  unauthorized,
  expiredToken: unauthorized,
  invalidApiKey: reason,
  quotaExceeded: reason,
  throttled: reason,
  missingParameters: (_, { clientMessage = "" }) => [clientMessage],
  invalidBody: ({ request, context }, { validation = "" }) => {
    const [type = ""] = (request.header("content-type") ?? "application/json").split(";", 1);
    const models = context.route?.method.rules.models;
    const named = models?.has(type.toLowerCase()) === true ? type : "$default";
    return [`Request body does not match model schema for content type ${named}: ${validation}`];
  },
  functionFailed: ({ context: { execution } }) => {
    const { payload = "", requestId = "" } = execution.result ?? {};
    const message = errorMessage(payload);
    return [
      `Lambda execution failed with status 200 due to customer function error: ${message}. Lambda request id: ${requestId}`,
    ];
  },
  invocationFailed: ({ context: { execution } }) =>
    execution.result === undefined
      ? []
      : [
          `Lambda invocation failed with status: 429. Lambda request id: ${execution.result.requestId}`,
          configurationError("Rate Exceeded."),
        ],
  invokeDenied: () => [configurationError("Invalid permissions on Lambda function")],
  malformedResponse: () => [configurationError("Malformed Lambda proxy response")],
  integrationTimeout: () => ["Execution failed due to a timeout error"],
};

/** The lines about a request's error. */
export function errorLines(request: FinishedRequest, error: GatewayError): readonly string[] {
  return [...(sentences[error.kind]?.(request, error) ?? []), completion(request)];
}

/** Both recorded; that the first is for responses that the API customizes is assumed. */
export function completion({ error, stage, response }: FinishedRequest): string {
  const status = String(response.status);
  const row = error && errorTable[error.kind];
  return row && customization(row, stage.api.gatewayResponses)
    ? `Gateway response type: ${row.responseType} with status code: ${status}`
    : `Method completed with status: ${status}`;
}

function configurationError(text: string): string {
  return `Execution failed due to configuration error: ${text}`;
}

const failure = z.object({ errorMessage: z.string() });

function errorMessage(payload: string): string {
  try {
    return failure.safeParse(JSON.parse(payload)).data?.errorMessage ?? "";
  } catch {
    return "";
  }
}
