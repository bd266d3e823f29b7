/** Events of a function that fails, and what becomes of them. */
import type { AsyncOutcome } from "../../../src/services/lambda/invocations/async-invocations.ts";
import type { TestLambda } from "./lambda-harness.ts";

/** Fails until it has been called so often in one process, and logs its request id each time. */
export const failingUntil = (calls: number): string => `
  let calls = 0;
  export const handler = async (event, { awsRequestId }) => {
    console.log({ tried: awsRequestId, event });
    if (++calls < ${String(calls)}) throw new Error("call " + calls);
    return calls;
  };
`;

/** An on-failure destination. */
export const QUEUE = "arn:aws:sqs:us-east-1:000000000000:dead";

/** Invokes asynchronously; resolves with what became of the event. */
export function outcomeOf(
  { lambda }: TestLambda,
  arn: string,
  payload = `{"n":1}`,
): Promise<AsyncOutcome & { accepted: string }> {
  return new Promise((resolve) => {
    const { requestId: accepted } = lambda.invokeAsync(arn, payload, {
      onOutcome: (outcome) => resolve({ ...outcome, accepted }),
    });
  });
}
