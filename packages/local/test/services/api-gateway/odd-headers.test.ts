/** Headers that a caller fills with anything: what the gateway copies of them into events, responses and logs. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createLogGroups } from "../../../src/services/cloudwatch-logs/log-groups.ts";
import { createHarness, deploy } from "./gateway-harness.ts";

const runs = { seed: 20_261_129, numRuns: 500 };
const format = JSON.stringify({
  userAgent: "$context.identity.userAgent",
  trace: "$context.xrayTraceId",
  path: "$context.path",
  message: "$context.error.message",
  type: "$context.error.responseType",
  status: "$context.status",
});

/** Bytes that HTTP lets a header hold: a tab, and everything from the space on but DEL. */
const odd = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("\t", "\u009b31m", "\u0085", ";", "=", ",", "\\n", '"', "\\", "$context.path"),
  ),
});
const root = "Root=1-3152b799-8954dae64eda91bc9a23a7e8";
const parts = fc.constantFrom(root, "Root=", "Parent=7fa8c0f79203be72", "Parent=x", "Sampled=1");
const separators = fc.constantFrom(";", ";;", ",", " ", "\t", "");
const trace = fc
  .array(fc.oneof(odd, parts, separators), { maxLength: 8 })
  .map((texts) => texts.join(""));

/** The trace in the event of a function. */
const eventSchema = z.looseObject({
  headers: z.looseObject({
    "X-Amzn-Trace-Id": z
      .string()
      .regex(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}(;Parent=[0-9a-f]{16})?(;Sampled=[01])?$/),
  }),
});
const returnedTrace = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]$/;

/** A gateway with a log group behind its access log. */
function serve() {
  const harness = createHarness();
  const settings = { accessLogFormat: format, xrayTracingEnabled: true };
  deploy(harness, [{ path: "/a" }, { path: "/guarded", pools: ["us-east-1_Pool1"] }], settings);
  const logs = createLogGroups(() => 0);
  const lastLine = () => {
    const message = harness.logs.at(-1)?.line ?? "";
    logs.write({ group: "access", stream: "access", timestamp: 0, message });
    return logs.read("access").at(-1)?.message ?? "";
  };
  return { ...harness, lastLine };
}

describe("a header of any bytes", () => {
  it("leaves a trace in its own form", async () => {
    const { events, send } = serve();
    await fc.assert(
      fc.asyncProperty(trace, async (sent) => {
        const { headers } = await send("/a", { headers: { "x-amzn-trace-id": sent } });
        expect(headers.get("X-Amzn-Trace-Id")).toMatch(returnedTrace);
        expect(eventSchema.safeParse(events.at(-1)).success).toBe(true);
      }),
      runs,
    );
  });

  it("leaves a line of the log in one piece, without control characters", async () => {
    const { errors, lastLine, send } = serve();
    const paths = fc.constantFrom("/a", "/guarded", "/none");
    await fc.assert(
      fc.asyncProperty(trace, odd, paths, async (traceId, text, path) => {
        const others = ["user-agent", "x-forwarded-for", "x-api-key", "host", "x-amzn-requestid"];
        const { status } = await send(path, {
          headers: {
            ...Object.fromEntries(others.map((name) => [name, text])),
            authorization: `Bearer ${text}`,
            "x-amzn-trace-id": traceId,
          },
        });
        expect(lastLine()).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(lastLine())).toMatchObject({ status: String(status) });
      }),
      runs,
    );
    expect(errors).toEqual([]);
  });
});
