/**
 * The Lambda Runtime API, which the runtime client in each environment polls
 * (LAMBDA/runtimes-api), with the environment's id before it.
 */
import * as z from "zod";
import { readBounded } from "../../http/read-bounded.ts";
import type { RuntimeError } from "./in-child/frames.ts";
import { RESPONSE_LIMIT } from "./limits.ts";
import type { FunctionVersion, Invocation } from "./types.ts";

/** An invocation on its way to the runtime client. */
export interface Work extends Invocation {
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** What the Runtime API asks of an environment. */
export interface RuntimeSide {
  readonly version: FunctionVersion;
  readonly logStream: string;
  /** Waits for the next invocation; undefined once a newer call took this one's place. */
  next(): Promise<Work | undefined>;
  /** The three ways to end an invocation; false when the id is not the current invocation's. */
  succeed(requestId: string, payload: string): boolean;
  fail(requestId: string, error: RuntimeError): boolean;
  answerTooLarge(requestId: string): boolean;
  /** The code could not be loaded; false when it was loaded already. */
  failInit(error: RuntimeError): boolean;
}

const ROUTE =
  /^\/([^/]+)\/2018-06-01\/runtime\/(?:(init)\/error|invocation\/(next)|invocation\/([^/]+)\/(response|error))$/;

const errorSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).default([]),
});

/**
 * Answers one request below `/ENVIRONMENT`. An environment that does not exist, or no longer,
 * gives 410; a request id that is not the current one's gives 400.
 */
export async function answerRuntime(
  request: Request,
  find: (environmentId: string) => RuntimeSide | undefined,
): Promise<Response> {
  const route = ROUTE.exec(new URL(request.url).pathname);
  if (route === null) return refusal(404, "NotFound", "The Runtime API has no such path.");
  const [, environmentId = "", init, next, requestId = "", outcome] = route;
  const environment = find(environmentId);
  if (environment === undefined) return refusal(410, "Gone", "There is no such environment.");
  if (request.method !== (next === undefined ? "POST" : "GET")) {
    return refusal(405, "MethodNotAllowed", "The Runtime API does not take this method here.");
  }
  if (next !== undefined) return answerNext(environment);
  const body = (await readBounded(request, RESPONSE_LIMIT))?.toString("utf8");
  if (init !== undefined) return accepted(environment.failInit(parseError(body)));
  if (outcome === "error") return accepted(environment.fail(requestId, parseError(body)));
  if (body === undefined) {
    return environment.answerTooLarge(requestId)
      ? refusal(413, "RequestEntityTooLarge", "The response is too large.")
      : accepted(false);
  }
  // A handler that returns nothing answers null (documented).
  return accepted(environment.succeed(requestId, body === "" ? "null" : body));
}

async function answerNext(environment: RuntimeSide): Promise<Response> {
  const work = await environment.next();
  if (work === undefined) return refusal(410, "Gone", "The environment has ended.");
  const { arn, logGroup } = environment.version.settings;
  return new Response(work.payload, {
    headers: {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": work.requestId,
      "lambda-runtime-deadline-ms": String(work.deadline),
      "lambda-runtime-invoked-function-arn": arn,
      // AWS does not send these two: SST's runtime client fills the handler's context from them.
      "lambda-runtime-log-group-name": logGroup,
      "lambda-runtime-log-stream-name": environment.logStream,
    },
  });
}

function parseError(body: string | undefined): RuntimeError {
  try {
    return errorSchema.parse(JSON.parse(body ?? ""));
  } catch {
    const errorMessage = "The runtime reported an error that is not in the documented form.";
    return { errorType: "Runtime.Unknown", errorMessage, trace: [] };
  }
}

function accepted(done: boolean): Response {
  return done
    ? Response.json({ status: "OK" }, { status: 202 })
    : refusal(400, "InvalidRequestID", "Invalid request ID");
}

function refusal(status: number, errorType: string, errorMessage: string): Response {
  return Response.json({ errorType, errorMessage }, { status });
}
