/** Why a request was not served, in words: for the terminal's line, and for the console's list. */
import * as z from "zod/mini";
import { answeredBy, type RecordedStep, type RequestRecord } from "./record.ts";

/** The reason; undefined for a request that was served, and where nothing is known. */
export function whyNotServed(record: RequestRecord): string | undefined {
  const { steps, response } = record;
  if (response === undefined || response.status < 400) return undefined;
  const layer = answeredBy(record);
  const name = functionOf(record);
  if (layer !== "function" || name === undefined) {
    return steps.find((step) => step.layer === layer && step.outcome !== "passed")?.reason;
  }
  const failed = steps.find((step) => step.layer === "function" && step.name === name);
  if (failed !== undefined && failed.outcome !== "passed") {
    const type = failed.facts?.["errorType"];
    return joined(failed.reason, type === undefined ? undefined : String(type));
  }
  const isMalformed = integrationOf(record)?.outcome !== "passed";
  const call = steps.find((step) => step.layer === "aws-call" && step.outcome !== "passed");
  return joined(
    isMalformed ? "its response is malformed" : titleOf(response),
    call && `${call.name}: ${call.reason ?? "failed"}`,
  );
}

/** The function that the request was for: another one can have been invoked because of it. */
export function functionOf(record: RequestRecord): string | undefined {
  const integration = integrationOf(record);
  const isInvoked = record.steps.some(
    ({ layer, name }) => layer === "function" && name === integration?.name,
  );
  return isInvoked ? integration?.name : undefined;
}

const integrationOf = ({ steps }: RequestRecord): RecordedStep | undefined =>
  steps.find(({ layer }) => layer === "integration");

/** `Not forwarded (sns:Publish: not authorized)`. */
function joined(what: string | undefined, because: string | undefined): string | undefined {
  const parts = [what, because && `(${because})`].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(" ");
}

const problemSchema = z.object({ title: z.string() });

/** The title of a problem (RFC 9457), the one text of an error's body that is the same for every request. */
function titleOf({ headers, body }: NonNullable<RequestRecord["response"]>): string | undefined {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  if (type?.startsWith("application/problem+json") !== true) return undefined;
  try {
    return problemSchema.safeParse(JSON.parse(body.toString())).data?.title;
  } catch {
    return undefined;
  }
}
