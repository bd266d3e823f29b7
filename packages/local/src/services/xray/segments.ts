/** Segment documents (documented: XRAY/xray-api-segmentdocuments). */
import * as z from "zod";

const id = z.string().regex(/^[0-9a-f]{16}$/i, "it has 16 hexadecimal digits");
const text = z.string().optional();

const httpSchema = z.looseObject({
  request: z.looseObject({ method: text, url: text, user_agent: text, client_ip: text }).optional(),
  response: z.looseObject({ status: z.number().optional() }).optional(),
});

const annotationSchema = z.union([z.string(), z.number(), z.boolean()]);

/** What segments and subsegments have; times are seconds since 1970. */
const common = {
  id,
  name: z.string().min(1).max(200),
  start_time: z.number(),
  end_time: z.number().optional(),
  in_progress: z.boolean().optional(),
  error: z.boolean().optional(),
  throttle: z.boolean().optional(),
  fault: z.boolean().optional(),
  inferred: z.boolean().optional(),
  http: httpSchema.optional(),
  aws: z.looseObject({ request_id: text, operation: text, account_id: text }).optional(),
  annotations: z.record(z.string(), annotationSchema).optional(),
};

const partSchema = z.looseObject({ ...common, namespace: text });

/** A part of a segment, or of another subsegment. */
export interface Subsegment extends z.infer<typeof partSchema> {
  subsegments?: Subsegment[] | undefined;
}

const subsegmentSchema: z.ZodType<Subsegment> = partSchema.extend({
  subsegments: z.lazy(() => z.array(subsegmentSchema)).optional(),
});

/** A segment, or a subsegment that is sent by itself: then its type is `subsegment`. */
const segmentSchema = z
  .looseObject({
    ...common,
    trace_id: z.string().regex(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/i, "it is 1-TIME-ID in hexadecimal"),
    parent_id: id.optional(),
    type: text,
    namespace: text,
    origin: text,
    resource_arn: text,
    user: text,
    subsegments: z.array(subsegmentSchema).optional(),
  })
  .refine(({ type, parent_id }) => type !== "subsegment" || parent_id !== undefined, {
    message: "a subsegment has a parent_id",
  })
  .refine(({ end_time, in_progress }) => end_time !== undefined || in_progress === true, {
    message: "it has an end_time, or is in_progress",
  });

/** A segment document. */
export type Segment = z.infer<typeof segmentSchema>;
/** The value of an annotation. */
export type Annotation = z.infer<typeof annotationSchema>;

/** Levels of subsegments; AWS documents no limit. */
export const deepestSubsegment = 100;

/** Reads a document. @throws ZodError, or SyntaxError for what is not JSON, or too deeply nested */
export function parseSegment(document: string): Segment {
  const value: unknown = JSON.parse(document);
  if (isDeeperThan(2 * deepestSubsegment, value)) throw new SyntaxError("it is nested too deeply");
  return segmentSchema.parse(value);
}

function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((one): unknown[] =>
      typeof one === "object" && one !== null ? Object.values(one) : [],
    );
  }
  return level.length > 0;
}

/** A time of a document, from milliseconds since 1970. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** The flags of a response by its status (documented: XRAY/xray-concepts). */
export function flagsOf(status: number): Pick<Subsegment, "error" | "throttle" | "fault"> {
  if (status >= 500) return { fault: true };
  if (status === 429) return { error: true, throttle: true };
  return status >= 400 ? { error: true } : {};
}
