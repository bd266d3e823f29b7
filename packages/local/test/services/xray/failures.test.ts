/** What failed, in traces. */
import { expect, test } from "vitest";
import { only, outline, startTracedApp, type TracedApp } from "./traced-app.ts";

const using = async <T>(app: TracedApp, run: (app: TracedApp) => Promise<T>) => {
  try {
    await run(app);
  } finally {
    await app.stop();
  }
};

const failing = `
class NameError extends Error { name = "NameError"; }
function greet() { throw new NameError("No such name"); }
export const handler = async () => greet();`;

// Source: https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
test("a consumer that fails has its fault in each attempt, with its cause", async () => {
  await using(await startTracedApp({ consumer: failing }), async (app) => {
    const { id, status } = await app.post();
    expect(status).toBe(200);
    const segments = await app.trace(id, "AWS::Lambda::Function", 3);
    const attempts = ["Attempt #1", "Attempt #2"].map((name) => only(segments, name));
    expect(attempts).toMatchObject([{ fault: true }, { fault: true }]);
    for (const { id: parent } of attempts) {
      expect(segments.filter(({ parent_id }) => parent_id === parent)).toMatchObject([
        {
          name: "Internal",
          fault: true,
          cause: {
            working_directory: "/var/task",
            exceptions: [
              {
                type: "NameError",
                message: "No such name",
                stack: expect.arrayContaining([
                  { label: "greet", line: 3, path: expect.stringMatching(/bundle\.mjs$/) },
                ]),
              },
            ],
          },
        },
      ]);
    }
    expect(only(segments, "api/local")).not.toHaveProperty("fault");
    expect(only(segments, "Internal", "AWS::Lambda")).not.toHaveProperty("fault");
  });
});

test("a function that fails is a fault of the stage as well, and has no answer", async () => {
  await using(await startTracedApp({ publisher: failing }), async (app) => {
    const { id, status } = await app.post();
    expect(status).toBe(502);
    const segments = await app.trace(id, "AWS::Lambda::Function");
    for (const name of ["api/local", "Lambda"]) {
      expect(only(segments, name)).toMatchObject({ fault: true });
    }
    expect(only(segments, "External", "AWS::Lambda")).toMatchObject({
      fault: true,
      http: { response: { status: 200 } },
    });
  });
});

test("a function that cannot start has its initialization, and no invocation", async () => {
  await using(await startTracedApp({ publisher: "throw new Error('broken');" }), async (app) => {
    const { id } = await app.post();
    const segments = await app.trace(id, "AWS::Lambda::Function");
    expect(outline(segments).slice(-2)).toEqual([
      "      External AWS::Lambda::Function",
      "        Initialization",
    ]);
  });
});

test("a call that IAM denies is an error of the call", async () => {
  await using(await startTracedApp({ actions: ["xray:PutTraceSegments"] }), async (app) => {
    const { id, status } = await app.post();
    expect(status).toBe(502);
    const segments = await app.trace(id, "AWS::Lambda::Function");
    expect(only(segments, "SecretsManager", "AWS::SecretsManager")).toMatchObject({
      error: true,
      http: { response: { status: 400 } },
    });
  });
});

test("an invocation beyond the reserved concurrency is throttled, and has no function", async () => {
  await using(await startTracedApp(), async (app) => {
    const state = app.lambda.getFunction("External");
    if (state === undefined) throw new Error("There is no function.");
    await app.lambda.putFunction({ ...state.version.settings, reservedConcurrency: 0 });
    const { id, status } = await app.post();
    expect(status).toBe(500);
    const segments = await app.trace(id, "AWS::Lambda");
    expect(only(segments, "External")).toMatchObject({
      error: true,
      throttle: true,
      http: { response: { status: 429 } },
    });
  });
});
