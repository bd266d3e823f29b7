/** Masks lines of logs: by the requests that they name, or as a whole. */
import { mask, maskPersonal } from "../requests/masking.ts";
import type { RequestRecord } from "../requests/record.ts";
import { maskingFor } from "./request-view.ts";

/** As functions and API Gateway write them, and in the firewall's log: the one of `x-amz-apigw-id`. */
const uuid = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g;
const extendedId = /"requestId":"([^"]{16}=?)"/;

/** What Lambda itself logs of an invocation, and how API Gateway ends a line that it has cut. */
const ofPlatform = /^(?:\{"time":"[^"]*","type":"platform\.|(?:START|END|REPORT) RequestId: )/;
const isCut = /\[TRUNCATED\]$/;

/**
 * The masking of any line. What is personal in a line is known from the request that it names, by its id, an
 * invocation's or a message's. In one that names another id anything may be personal, as in one that was cut.
 */
export function lineMasking(records: readonly RequestRecord[]): (line: string) => string {
  const byId = new Map(
    records.flatMap((record) => idsOf(record).map((id) => [id, record] as const)),
  );

  return (line) => {
    const ids = [...(line.match(uuid) ?? []), ...(extendedId.exec(line) ?? []).slice(1)];
    const named = new Set(ids.flatMap((id) => byId.get(id) ?? []));
    const isKnown = ids.length === 0 || named.size > 0 || ofPlatform.test(line);
    if (!isKnown || isCut.test(line)) return `${mask} (${line.length})`;
    return [...named].reduce(
      (text, record) => maskingFor(record, false).text(text),
      maskPersonal(line),
    );
  };
}

/** The ids by which lines name a request. */
const idsOf = ({ id, steps, response }: RequestRecord): string[] => [
  id,
  ...(response?.headers ?? []).flatMap(([name, value]) =>
    name.toLowerCase() === "x-amz-apigw-id" ? [value] : [],
  ),
  ...steps.flatMap(({ facts }) =>
    [facts?.["invocationId"], facts?.["messageId"]].filter((one) => typeof one === "string"),
  ),
];
