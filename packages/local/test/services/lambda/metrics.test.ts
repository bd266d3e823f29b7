/** The metrics of functions. Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AsyncOutcome } from "../../../src/services/lambda/invocations/async-invocations.ts";
import { startLambda, type TestLambda } from "./lambda-harness.ts";

let cloud: TestLambda;
let clock: number;
let destinationRejects: boolean;

beforeEach(async () => {
  clock = 1_700_000_000_000;
  destinationRejects = false;
  cloud = await startLambda({
    now: () => clock,
    deliverTo: async () => {
      if (destinationRejects) throw new Error("denied");
    },
  });
});
afterEach(() => cloud.stop());

const returns = "export const handler = async () => 1;";
const throws = "export const handler = async () => { throw new Error('no'); };";
const sets = ["FunctionName=Function", "FunctionName=Function,Resource=Function", ""];
const each = (text: string) => sets.map((set) => `${text} ${set}`.trim());
const invocation = (arn: string) => cloud.lambda.invoke(arn, "{}");
const eventEnds = (arn: string): Promise<AsyncOutcome> =>
  new Promise((onOutcome) => cloud.lambda.invokeAsync(arn, "{}", { onOutcome }));

test.each([
  ["returns", returns, 0],
  ["throws", throws, 1],
  ["ends", "export const handler = () => process.exit(1);", 1],
  ["cannot be loaded", "throw new Error('no');", 1],
])("an invocation that %s counts once, under each set of dimensions", async (_, source, errors) => {
  await invocation(await cloud.put(source));

  expect(cloud.measurements.lines("Invocations")).toEqual(each("Invocations 1 Count"));
  expect(cloud.measurements.lines("Errors")).toEqual(each(`Errors ${errors} Count`));
  expect(cloud.measurements.lines("Throttles")).toEqual(each("Throttles 0 Count"));
  expect(new Set(cloud.measurements.all.map(({ namespace }) => namespace))).toEqual(
    new Set(["AWS/Lambda"]),
  );
});

test("the duration is that of the code", async () => {
  const source = `export const handler = () => new Promise((done) => setTimeout(done, 60));`;
  await invocation(await cloud.put(source));

  const durations = cloud.measurements.all.filter(({ metricName }) => metricName === "Duration");
  expect(durations.map(({ unit, dimensions }) => ({ unit, dimensions }))).toEqual([
    { unit: "Milliseconds", dimensions: { FunctionName: "Function" } },
    { unit: "Milliseconds", dimensions: { FunctionName: "Function", Resource: "Function" } },
    { unit: "Milliseconds", dimensions: {} },
  ]);
  for (const { value } of durations) expect(value).toBeGreaterThanOrEqual(59);
});

test("the time is that at which the function was invoked", async () => {
  const source = `export const handler = () => fetch(process.env.AWS_ENDPOINT_URL).then(() => 1);`;
  const arn = await cloud.put(source);
  const running = invocation(arn);
  await cloud.gate.arrivals(1);
  const begunAt = clock;
  clock += 90_000;
  cloud.gate.open();
  await running;

  const [measured] = cloud.measurements.all.filter(({ metricName }) => metricName === "Errors");
  expect(measured?.timestamp).toBe(begunAt);
});

test("a time-out is an error", async () => {
  await invocation(
    await cloud.put("export const handler = () => new Promise(() => setTimeout(() => {}, 1e6));", {
      timeoutSeconds: 1,
    }),
  );

  expect(cloud.measurements.lines("Errors")).toEqual(each("Errors 1 Count"));
});

test("a throttled invocation counts neither as an invocation nor as an error", async () => {
  await invocation(await cloud.put(returns, { reservedConcurrency: 0 }));

  expect(cloud.measurements.lines()).toEqual(each("Throttles 1 Count"));
});

// Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
test("concurrency counts what runs, of the function, of all, and of those without a reservation", async () => {
  const source = `export const handler = () => fetch(process.env.AWS_ENDPOINT_URL).then(() => 1);`;
  const reserved = await cloud.put(source, { reservedConcurrency: 5 });
  const other = await cloud.put(source, {
    name: "Other",
    arn: "arn:aws:lambda:us-east-1:000000000000:function:Other",
  });
  const first = invocation(reserved);
  await cloud.gate.arrivals(1);
  const second = invocation(other);
  await cloud.gate.arrivals(2);
  cloud.gate.open();
  await Promise.all([first, second]);

  const names = ["ConcurrentExecutions", "UnreservedConcurrentExecutions"];
  expect(cloud.measurements.lines(...names)).toEqual([
    "ConcurrentExecutions 1 Count FunctionName=Function",
    "ConcurrentExecutions 1 Count FunctionName=Function,Resource=Function",
    "ConcurrentExecutions 1 Count",
    "UnreservedConcurrentExecutions 0 Count",
    "ConcurrentExecutions 1 Count FunctionName=Other",
    "ConcurrentExecutions 1 Count FunctionName=Other,Resource=Other",
    "ConcurrentExecutions 2 Count",
    "UnreservedConcurrentExecutions 1 Count",
  ]);
});

const ofEvents = ["AsyncEventsReceived", "AsyncEventsDropped", "DestinationDeliveryFailures"];

test("an event that succeeds was received, and nothing else", async () => {
  await eventEnds(await cloud.put(returns));

  expect(cloud.measurements.lines(...ofEvents)).toEqual(each("AsyncEventsReceived 1 Count"));
  expect(cloud.measurements.lines("AsyncEventAge")).toEqual(each("AsyncEventAge 0 Milliseconds"));
});

test.each([
  ["reached", false, 0],
  ["lost on the way to", true, 1],
])(
  "an event that fails for good is dropped; its record is %s its destination",
  async (_, isRejected, failures) => {
    destinationRejects = isRejected;
    const arn = await cloud.put(throws);
    cloud.lambda.putEventInvokeConfig("Function", {
      onFailure: "arn:aws:sqs:us-east-1:000000000000:dead",
    });
    await eventEnds(arn);

    expect(cloud.measurements.lines(...ofEvents)).toEqual([
      ...each("AsyncEventsReceived 1 Count"),
      ...each("AsyncEventsDropped 1 Count"),
      ...each(`DestinationDeliveryFailures ${failures} Count`),
    ]);
    expect(cloud.measurements.lines("AsyncEventAge")).toHaveLength(3 * sets.length);
    expect(cloud.measurements.lines("Invocations")).toHaveLength(3 * sets.length);
  },
);
