/** Asynchronous invocation: retries, throttles and destinations. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { LambdaError } from "../../../src/services/lambda/functions/errors.ts";
import { failingUntil, outcomeOf, QUEUE } from "./failing-events.ts";
import { jsonLog, startLambda, type TestLambda } from "./lambda-harness.ts";

let cloud: TestLambda;

beforeEach(async () => {
  cloud = await startLambda();
});
afterEach(() => cloud.stop());

const triedIds = (): unknown[] =>
  jsonLog(cloud.logs).flatMap(({ message }) =>
    typeof message === "object" && message !== null && "tried" in message ? [message.tried] : [],
  );

// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
test("a failed event is tried again under the same request id until it succeeds", async () => {
  const arn = await cloud.put(failingUntil(3));

  const outcome = await outcomeOf(cloud, arn);

  expect(outcome).toMatchObject({
    requestId: outcome.accepted,
    invokeCount: 3,
    result: { ok: true, payload: "3" },
  });
  expect(triedIds()).toEqual(Array.from({ length: 3 }, () => outcome.accepted));
  expect(cloud.delivered).toEqual([]);
});

test("an event that fails for good reaches the on-failure destination, in AWS's form", async () => {
  const arn = await cloud.put(failingUntil(9));
  cloud.lambda.putEventInvokeConfig("Function", { onFailure: QUEUE });

  const outcome = await outcomeOf(cloud, arn);

  expect(outcome).toMatchObject({ invokeCount: 3, delivered: true, result: { ok: false } });
  expect(cloud.delivered).toEqual([
    {
      arn: QUEUE,
      body: {
        version: "1.0",
        timestamp: expect.stringMatching(/Z$/),
        requestContext: {
          requestId: outcome.accepted,
          functionArn: `${arn}:$LATEST`,
          condition: "RetriesExhausted",
          approximateInvokeCount: 3,
        },
        requestPayload: { n: 1 },
        responseContext: {
          statusCode: 200,
          executedVersion: "$LATEST",
          functionError: "Unhandled",
        },
        responsePayload: {
          errorType: "Error",
          errorMessage: "call 3",
          trace: expect.arrayContaining(["Error: call 3"]),
        },
      },
    },
  ]);
});

test.for([0, 1])("a function may ask for fewer retries: %i", async (maximumRetryAttempts) => {
  const arn = await cloud.put(failingUntil(9));
  cloud.lambda.putEventInvokeConfig("Function", { maximumRetryAttempts, onFailure: QUEUE });

  expect(await outcomeOf(cloud, arn)).toMatchObject({ invokeCount: maximumRetryAttempts + 1 });
  expect(triedIds()).toHaveLength(maximumRetryAttempts + 1);
});

test("an event whose process is ended by a timeout is tried again", async () => {
  const arn = await cloud.put("export const handler = async () => { for (;;); };", {
    timeoutSeconds: 1,
  });
  cloud.lambda.putEventInvokeConfig("Function", { maximumRetryAttempts: 1 });

  expect(await outcomeOf(cloud, arn)).toMatchObject({
    invokeCount: 2,
    result: { kind: "timeout" },
  });
});

test("an event without a destination is dropped with a line that says so", async () => {
  const arn = await cloud.put(failingUntil(9));

  const outcome = await outcomeOf(cloud, arn);

  expect(outcome.delivered).toBe(false);
  expect(jsonLog(cloud.logs)).toContainEqual(
    expect.objectContaining({
      level: "ERROR",
      requestId: outcome.accepted,
      message:
        "The event is discarded (RetriesExhausted): the function has no on-failure destination.",
    }),
  );
});

test("a destination that does not take the event is named in the log", async () => {
  const rejecting = await startLambda({ deliverTo: () => Promise.reject(new Error("no queue")) });
  try {
    const arn = await rejecting.put(failingUntil(9));
    rejecting.lambda.putEventInvokeConfig("Function", { onFailure: QUEUE });

    expect(await outcomeOf(rejecting, arn)).toMatchObject({ delivered: false });
    expect(jsonLog(rejecting.logs)).toContainEqual(
      expect.objectContaining({
        message: `The event is lost (RetriesExhausted): ${QUEUE} rejected it: Error: no queue`,
      }),
    );
  } finally {
    await rejecting.stop();
  }
});

test("a throttled event waits and then runs; that costs it no attempt", async () => {
  const arn = await cloud.put(
    `export const handler = async () => {
       await fetch(process.env.AWS_ENDPOINT_URL + "/handler");
       return "done";
     };`,
    { reservedConcurrency: 1 },
  );
  const first = outcomeOf(cloud, arn);
  await cloud.gate.arrivals(1);

  const second = outcomeOf(cloud, arn);
  cloud.gate.open();

  expect(await first).toMatchObject({ invokeCount: 1, result: { ok: true } });
  expect(await second).toMatchObject({ invokeCount: 1, result: { ok: true } });
});

// Source: https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb
test("an event of over 1 MB, one that is not JSON and one for nobody are not accepted", async () => {
  const arn = await cloud.put(failingUntil(1));

  const accept = (target: string, payload: string) => () =>
    cloud.lambda.invokeAsync(target, payload);
  expect(accept(arn, `"${"x".repeat(1024 * 1024)}"`)).toThrow(
    "1048578 byte payload is too large for the Event invocation type (limit 1048576 bytes)",
  );
  expect(accept(arn, "{")).toThrow("not JSON");
  expect(accept(`${arn}2`, "{}")).toThrow("Function not found");
});

test("events that take too much memory together are not accepted, and not lost as dead letters", async () => {
  const patient = await startLambda();
  const arn = await patient.put(failingUntil(1), { reservedConcurrency: 0 });
  const large = JSON.stringify("x".repeat(1024 * 1024 - 2));
  for (let accepted = 0; accepted < 63; accepted += 1) patient.lambda.invokeAsync(arn, large);

  const refused = expect.objectContaining({ code: "TooManyRequestsException", status: 429 });
  expect(() => patient.lambda.invokeAsync(arn, large)).toThrow(refused);
  // A client error of Lambda's would go to the topic's dead-letter queue.
  expect(() => patient.lambda.invokeAsync(arn, large)).not.toThrow(LambdaError);
  patient.lambda.invokeAsync(arn, "{}");

  await patient.stop();
});
