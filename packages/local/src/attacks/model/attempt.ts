/** An attempt: one request of an attack, judged by what must happen. */
import { answeredBy, type RecordedStep, type RequestRecord } from "../../requests/record.ts";
import type { Facts, Layer } from "../../requests/step.ts";
import { NoRecordError } from "../../requests/send-recorded.ts";
import { answerOf, type Expectation } from "./expectations.ts";

/** One try of an attack at one target. */
export interface Attempt {
  /** A route, or a topic or function with who tried. */
  readonly target: string;
  readonly expected: string;
  readonly status: number | undefined;
  /** The layer that answered. */
  readonly layer: Layer | undefined;
  readonly reason: string | undefined;
  /** What decided: rule, claim, limit, statement. */
  readonly facts: Facts;
  readonly requestIds: readonly string[];
  readonly outcome: "defended" | "failed";
  /** In what the expectation was not met. */
  readonly problem: string | undefined;
}

/** How a call of AWS is signed, for the target of an attempt. */
export const signedBy = (caller: string | undefined) =>
  caller === undefined ? "unsigned" : `signed by ${caller}`;

/** The attempt that a request was; without a record of it nothing is known, so that it has failed. */
export async function judge(
  target: string,
  expectation: Expectation,
  sent: Promise<RequestRecord>,
): Promise<Attempt> {
  try {
    return judgeRecord(target, expectation, await sent);
  } catch (error) {
    if (!(error instanceof NoRecordError)) throw error;
    return {
      target,
      expected: expectation.text,
      status: undefined,
      layer: undefined,
      reason: undefined,
      facts: {},
      requestIds: [],
      outcome: "failed",
      problem: error.message,
    };
  }
}

function judgeRecord(target: string, expectation: Expectation, record: RequestRecord): Attempt {
  const answer = answerOf(record);
  const problem = expectation.problemIn(record);
  return {
    target,
    expected: expectation.text,
    status: record.response?.status,
    layer: answeredBy(record),
    reason: reasonOf(answer, problem === undefined ? expectation.served : undefined),
    facts: factsOf(record, answer?.facts),
    requestIds: [record.id],
    outcome: problem === undefined ? "defended" : "failed",
    problem,
  };
}

function reasonOf(answer: RecordedStep | undefined, served: string | undefined) {
  if (answer === undefined) return "it has no signature";
  return answer.reason ?? served;
}

/** What decided, and what the firewall counted before that. */
function factsOf({ steps }: RequestRecord, decided: Facts = {}): Facts {
  const { counted } = steps.find(({ layer }) => layer === "firewall")?.facts ?? {};
  return counted === undefined ? decided : { counted, ...decided };
}
