/** How long events of functions wait, and how old they grow. */
import { expect, test } from "vitest";
import { failingUntil, outcomeOf, QUEUE } from "./failing-events.ts";
import { startLambda } from "./lambda-harness.ts";

/** A service whose minutes last 3 seconds, which pass when something waits; what was waited for. */
async function startPassing() {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const waits: number[] = [];
  const wait = (milliseconds: number) => {
    time += milliseconds;
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { ...(await startLambda({ minuteMs: 3000, wait, now: () => time })), waits };
}

// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
test("a failed event waits one minute, then two, as long as minutes are", async () => {
  const passing = await startPassing();
  try {
    const arn = await passing.put(failingUntil(9));
    expect(await outcomeOf(passing, arn)).toMatchObject({ invokeCount: 3 });
    expect(passing.waits).toEqual([3000, 6000]);
  } finally {
    await passing.stop();
  }
});

test("an event is too old for a retry that would end its age, in the same minutes", async () => {
  const passing = await startPassing();
  try {
    const arn = await passing.put(failingUntil(9));
    passing.lambda.putEventInvokeConfig("Function", { maximumEventAgeSeconds: 120 });
    expect(await outcomeOf(passing, arn)).toMatchObject({ invokeCount: 2 });
    expect(passing.waits).toEqual([3000]);
  } finally {
    await passing.stop();
  }
});

test("a throttled event waits from 1 second to 5 minutes, for 6 hours, in the same minutes", async () => {
  const passing = await startPassing();
  try {
    const arn = await passing.put(failingUntil(9), { reservedConcurrency: 0 });
    expect(await outcomeOf(passing, arn)).toMatchObject({ invokeCount: 0 });
    const doubling = Array.from({ length: 9 }, (_, step) => 50 * 2 ** step);
    expect(passing.waits.slice(0, 12)).toEqual([...doubling, 15_000, 15_000, 15_000]);
    const sum = passing.waits.reduce((total, waited) => total + waited, 0);
    expect(sum).toBeGreaterThan(6 * 60 * 3000 - 15_000);
    expect(sum).toBeLessThanOrEqual(6 * 60 * 3000);
  } finally {
    await passing.stop();
  }
});

test("an event that grew too old goes to the destination without another attempt", async () => {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const aging = await startLambda({
    now: () => {
      time += 30_000;
      return time;
    },
  });
  try {
    const arn = await aging.put(failingUntil(9), { reservedConcurrency: 0 });
    const config = { maximumEventAgeSeconds: 60, onFailure: QUEUE };
    aging.lambda.putEventInvokeConfig("Function", config);

    const outcome = await outcomeOf(aging, arn);

    expect(outcome).toMatchObject({ invokeCount: 0, delivered: true });
    const [record] = aging.delivered;
    expect(record?.body).toMatchObject({
      requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 0 },
    });
    expect(record?.body).not.toHaveProperty("responsePayload");
  } finally {
    await aging.stop();
  }
});

test("stopping ends the wait for a retry", async () => {
  const patient = await startLambda({ wait: undefined });
  const arn = await patient.put(failingUntil(2));
  const failed = new Promise<void>((resolve) => {
    patient.logs.subscribe(({ message }) => {
      if (message.includes("platform.report")) resolve();
    });
  });
  patient.lambda.invokeAsync(arn, "{}", {
    onOutcome: () => expect.unreachable("the event was tried again"),
  });
  await failed;

  await patient.stop();
});
