/** PutTraceSegments (documented: XRAY-API/PutTraceSegments). */
import * as z from "zod";
import { messageOf } from "../../../errors/error-message.ts";
import { parseSegment } from "../segments.ts";
import { largestDocument, type Traces } from "../traces.ts";
import { inputOf } from "./input.ts";

const input = z.strictObject({ TraceSegmentDocuments: z.array(z.string()) });

/** Keeps documents; the others are named (the error codes are assumed). */
export function putTraceSegments(traces: Traces, asked: unknown): object {
  const { TraceSegmentDocuments } = inputOf(input, asked);
  const UnprocessedTraceSegments = TraceSegmentDocuments.flatMap((document) => {
    const problem = put(traces, document);
    return problem === undefined ? [] : [problem];
  });
  return { UnprocessedTraceSegments };
}

function put(traces: Traces, document: string): object | undefined {
  if (Buffer.byteLength(document) > largestDocument) return tooLarge(idIn(document));
  try {
    const segment = parseSegment(document);
    return traces.record(segment) ? undefined : tooLarge(segment.id);
  } catch (error) {
    const Message = `Invalid segment. ErrorCode: ParseError. ${reasonOf(error)}`;
    return { Id: idIn(document), ErrorCode: "ParseError", Message };
  }
}

function tooLarge(Id: string | undefined): object {
  const Message = `Invalid segment. It has more than ${largestDocument} bytes.`;
  return { Id, ErrorCode: "SegmentTooLarge", Message };
}

function idIn(document: string): string | undefined {
  return /"id"\s*:\s*"([0-9a-f]{16})"/i.exec(document)?.[1];
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}
