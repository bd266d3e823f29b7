/**
 * The Lambda Runtime API, which the runtime client in each environment polls
 * (LAMBDA/runtimes-api), with the environment's id before it.
 */
import * as z from "zod";
import { readBounded } from "../../../http/read-bounded.ts";
import type { RuntimeError } from "../in-child/frames.ts";
import { RESPONSE_LIMIT } from "../functions/limits.ts";
import type { FunctionVersion } from "../functions/function.ts";
import type { Invocation } from "../invocations/invocation.ts";

/** An invocation for the runtime client. */
export interface RuntimeInvocation extends Invocation {
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** The interface of an environment to the Runtime API. */
export interface RuntimeApiTarget {
  readonly version: FunctionVersion;
  readonly logStream: string;
  /** Waits for the next invocation; undefined once a newer call replaced this one. */
  next(): Promise<RuntimeInvocation | undefined>;
  /** The three outcomes of an invocation; false when the id is not that of the current one. */
  succeed(requestId: string, payload: string): boolean;
  fail(requestId: string, error: RuntimeError): boolean;
  failTooLarge(requestId: string): boolean;
  /** The init phase failed; false after the init phase. */
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
 * Handles a request below `/ENVIRONMENT`: 410 for an environment that does not exist (any more), 400
 * for a request id that is not the current one.
 */
export async function handleRuntimeRequest(
  request: Request,
  find: (environmentId: string) => RuntimeApiTarget | undefined,
): Promise<Response> {
  const route = ROUTE.exec(new URL(request.url).pathname);
  if (route === null) return errorResponse(404, "NotFound", "The Runtime API has no such path.");
  const [, environmentId = "", init, next, requestId = "", outcome] = route;
  const environment = find(environmentId);
  if (environment === undefined) return errorResponse(410, "Gone", "There is no such environment.");
  if (request.method !== (next === undefined ? "POST" : "GET")) {
    return errorResponse(
      405,
      "MethodNotAllowed",
      "The Runtime API does not take this method here.",
    );
  }
  if (next !== undefined) return respondNext(environment);
  const body = (await readBounded(request, RESPONSE_LIMIT))?.toString("utf8");
  if (init !== undefined) return accepted(environment.failInit(parseError(body)));
  if (outcome === "error") return accepted(environment.fail(requestId, parseError(body)));
  if (body === undefined) {
    return environment.failTooLarge(requestId)
      ? errorResponse(413, "RequestEntityTooLarge", "The response is too large.")
      : accepted(false);
  }
  // A handler that returns nothing responds null (documented).
  return accepted(environment.succeed(requestId, body === "" ? "null" : body));
}

async function respondNext(environment: RuntimeApiTarget): Promise<Response> {
  const work = await environment.next();
  if (work === undefined) return errorResponse(410, "Gone", "The environment has ended.");
  const { arn, logGroup } = environment.version.settings;
  return new Response(work.payload, {
    headers: {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": work.requestId,
      "lambda-runtime-deadline-ms": String(work.deadline),
      "lambda-runtime-invoked-function-arn": arn,
      "lambda-runtime-trace-id": work.trace.header,
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
    : errorResponse(400, "InvalidRequestID", "Invalid request ID");
}

function errorResponse(status: number, errorType: string, errorMessage: string): Response {
  return Response.json({ errorType, errorMessage }, { status });
}
