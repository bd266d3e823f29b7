/** What must become of an attack, judged by the steps of its request. */
import { answeredBy, type RecordedStep, type RequestRecord } from "../../requests/record.ts";
import type { Layer } from "../../requests/step.ts";

/** What must happen. */
export interface Expectation {
  readonly text: string;
  /** In what a request does not meet it. */
  readonly problemIn: (record: RequestRecord) => string | undefined;
  /** What became of a request that no layer refused, where it may be served. */
  readonly served?: string;
}

/** The step that answered; none where a call of AWS is not signed, and so has no caller. */
export function answerOf(record: RequestRecord): RecordedStep | undefined {
  const answering = answeredBy(record);
  const steps = record.steps.filter(({ layer }) => layer === answering);
  return steps.find(({ outcome }) => outcome !== "passed") ?? steps[0];
}

/** One of these layers refuses it; where another does, nothing is known of them. */
export function refusedBy(...wanted: readonly Layer[]): Expectation {
  return {
    text: `refused by the ${wanted.join(" or the ")}`,
    problemIn(record) {
      const answer = answerOf(record);
      if (answer?.outcome === "refused" && wanted.includes(answer.layer)) return undefined;
      return whatHappened(record, answer);
    },
  };
}

/** The function is not reached, whatever refuses it. */
export function doesNotReach(functionName: string): Expectation {
  return {
    text: `does not reach ${functionName}`,
    problemIn(record) {
      const isReached = record.steps.some(
        ({ layer, name }) => layer === "function" && name === functionName,
      );
      const answer = answerOf(record);
      return isReached || answer?.outcome === "failed" ? whatHappened(record, answer) : undefined;
    },
  };
}

/** It is served or refused, but nothing breaks, and it does not come back as a page. */
export const breaksNothing: Expectation = {
  text: "served as data, or refused; nothing breaks",
  served: "served as data",
  problemIn(record) {
    const answer = answerOf(record);
    const { status = 0, headers = [] } = record.response ?? {};
    if (answer?.outcome === "failed" || status >= 500) return whatHappened(record, answer);
    const isPage = headers.some(
      ([name, value]) => name.toLowerCase() === "content-type" && /html|xml/i.test(value),
    );
    return isPage ? "came back as a page, in which markup can run" : undefined;
  },
};

/** The firewall's rule matches: it blocks, or counts and lets it go on. */
export function matchedByRule(rule: string, action: "block" | "count"): Expectation {
  return {
    text:
      action === "block"
        ? `refused by the firewall's rule ${rule}`
        : `counted by the firewall's rule ${rule}, then served or refused by a later layer`,
    problemIn(record) {
      const decision = record.steps.find(({ layer }) => layer === "firewall");
      const { facts = {}, outcome } = decision ?? {};
      const isAsWanted =
        action === "block"
          ? outcome === "refused" && (facts["groupRule"] ?? facts["rule"]) === rule
          : outcome === "passed" && String(facts["counted"]).split(", ").includes(rule);
      return isAsWanted ? undefined : whatHappened(record, answerOf(record));
    },
  };
}

function whatHappened({ response }: RequestRecord, answer: RecordedStep | undefined): string {
  const status = response?.status ?? "no response";
  if (answer === undefined || answer.outcome === "passed") {
    return `was let in: ${status} by ${answer?.name ?? "the integration"}`;
  }
  const { layer, outcome, reason } = answer;
  return `${outcome === "refused" ? "was refused" : "failed"} (${status}) in the ${layer}: ${reason}`;
}

/** A call of AWS's API is refused: it has no signature, or a policy does not allow it. */
export const refusesCall: Expectation = {
  text: "refused by the policies",
  problemIn({ response, steps }) {
    const call = steps.find(({ layer }) => layer === "aws-call");
    const { status = 0 } = response ?? {};
    // What is not signed gets no further than its signature.
    if (status === 403 && call === undefined) return undefined;
    if (denials.has(String(call?.facts?.["error"]))) return undefined;
    return status < 400 ? `was let in: ${status}` : `failed (${status}): ${call?.reason}`;
  },
};

/** The codes of services for a call that their policies deny. */
const denials: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationError",
]);

/** A message ends in the dead-letter queue. */
export function becomesDeadLetter(queue: string): Expectation {
  return {
    text: `ends in the dead-letter queue ${queue}`,
    served: `ended in the dead-letter queue ${queue}`,
    problemIn({ steps, response }) {
      const letter = steps.find(({ layer }) => layer === "dead-letter");
      if (letter?.name === queue) return undefined;
      if (letter !== undefined) return `ended in ${letter.name}`;
      const last = steps.at(-1);
      const where = `${last?.layer ?? "publishing"} ${last?.outcome ?? response?.status}`;
      return `did not become a dead letter; it came as far as: ${where}`;
    },
  };
}
