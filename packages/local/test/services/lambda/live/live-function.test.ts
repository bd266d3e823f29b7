import { expect, it } from "vitest";
import { liveFunctionOf } from "../../../../src/services/lambda/live/live-function.ts";
import { liveSettings } from "../../../support/dev.ts";

it("is told by its runtime and handler, and says where it belongs", () => {
  expect(liveFunctionOf(liveSettings)).toEqual({
    functionId: "ExternalLambda",
    channelPrefix: "/sst/app/local",
  });
});

it.each([{ runtime: "nodejs24.x" }, { handler: "bundle.handler" }])(
  "is none with another runtime or handler: %j",
  (change) => {
    expect(liveFunctionOf({ ...liveSettings, ...change })).toBeUndefined();
  },
);

it.each(Object.keys(liveSettings.environment))("cannot be without %s", (name) => {
  const environment = { ...liveSettings.environment, [name]: "" };
  expect(() => liveFunctionOf({ ...liveSettings, environment })).toThrow(name);
});

it("does not stream its response", () => {
  const environment = { ...liveSettings.environment, SST_FUNCTION_STREAMING: "true" };
  expect(() => liveFunctionOf({ ...liveSettings, environment })).toThrow("SST_FUNCTION_STREAMING");
});
