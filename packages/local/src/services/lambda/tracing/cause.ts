/** The cause of a failed invocation, as Lambda's own runtime client reports it (recorded: XRayError.js of aws/aws-lambda-nodejs-runtime-interface-client). */
import * as z from "zod";
import type { InvocationFailure } from "../invocations/invocation.ts";

/** What of an error fits into a document of 64 kB. */
const most = { characters: 2000, frames: 50 };

const errorSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).default([]),
});

/** The cause in a segment of the function. */
export function causeOf({ payload }: InvocationFailure) {
  const { errorType, errorMessage, trace } = errorSchema.parse(JSON.parse(payload));
  const stack = trace.slice(1, most.frames).map(frameOf);
  return {
    working_directory: "/var/task",
    exceptions: [{ type: shorten(errorType), message: shorten(errorMessage), stack }],
    paths: [...new Set(stack.map(({ path }) => path))],
  };
}

/** `at label (path:line:column)`, or without a label and its parentheses. */
function frameOf(line: string) {
  const [, label = "anonymous", path = "", at = "0"] =
    /^\s*at (?:(.*) )?\(?(.*?):(\d+):\d+\)?$/.exec(shorten(line)) ?? [];
  return { path, line: Number(at), label };
}

function shorten(text: string): string {
  return text.slice(0, most.characters);
}
