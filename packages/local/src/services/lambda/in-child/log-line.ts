/**
 * Formats console calls as Lambda's Node.js runtime does. Source of both formats: AWS's
 * aws-lambda-nodejs-runtime-interface-client, LogPatch.js and Errors.js, and
 * LAMBDA/monitoring-cloudwatchlogs-logformat.
 */
import { format } from "node:util";

/** The context of a console call. */
interface LineContext {
  readonly timestamp: Date;
  readonly level: string;
  /** Undefined before the first invocation. */
  readonly requestId: string | undefined;
}

/** Formats a console call for a function whose log format is JSON. */
export function jsonLine(context: LineContext, parameters: readonly unknown[]): string {
  const { timestamp, level, requestId } = context;
  const envelope = { timestamp: timestamp.toISOString(), level, requestId };
  if (parameters.length > 1) {
    const error = parameters.find((parameter) => parameter instanceof Error);
    const described = error === undefined ? {} : describe(error);
    return JSON.stringify({ ...envelope, message: format(...parameters), ...described });
  }
  const [message] = parameters;
  try {
    return JSON.stringify({ ...envelope, message }, expandErrors);
  } catch {
    // Circular references and big integers have no JSON form.
    return JSON.stringify({ ...envelope, message: format(message) });
  }
}

/** Formats a console call for a function whose log format is Text. */
export function textLine(context: LineContext, parameters: readonly unknown[]): string {
  const { timestamp, level, requestId } = context;
  return `${timestamp.toISOString()}\t${String(requestId)}\t${level}\t${format(...parameters)}`;
}

/** An error as the text format shows it: JSON with the name, the message and the stack. */
export function errorAsText(error: Error): string {
  const named = { errorType: error.name, errorMessage: error.message };
  const stack = error.stack?.split("\n");
  return `\t${JSON.stringify(Object.assign(named, error, { stack }))}`;
}

function expandErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? Object.assign(describe(value), value) : value;
}

function describe(error: Error): object {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split("\n") ?? [],
  };
}
