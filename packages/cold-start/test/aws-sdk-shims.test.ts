/** The shims in place of parts of the AWS SDK. */
import { afterEach, expect, test, vi } from "vitest";
import { loadConfig } from "../src/aws-sdk-shims/config-loader.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A setting that the variable COLOUR holds. */
const colour = (otherwise: string | (() => string | Promise<string>)) => ({
  environmentVariableSelector({ COLOUR: value }: Readonly<Record<string, string | undefined>>) {
    if (value === "none") throw new Error("COLOUR cannot be none.");
    return value;
  },
  default: otherwise,
});

test("a setting is read from the environment, once", async () => {
  vi.stubEnv("COLOUR", "red");
  const setting = loadConfig(colour("blue"));
  expect(await setting()).toBe("red");
  vi.stubEnv("COLOUR", "green");
  expect(await setting()).toBe("red");
});

test.each([
  ["a value", "blue"],
  ["what makes one", () => "blue"],
  ["what makes one in time", () => Promise.resolve("blue")],
])("a setting that is not there is the default: %s", async (_, otherwise) => {
  vi.stubEnv("COLOUR", undefined);
  expect(await loadConfig(colour(otherwise))()).toBe("blue");
});

test("a wrong setting is an error, not the default", async () => {
  vi.stubEnv("COLOUR", "none");
  await expect(loadConfig(colour("blue"))()).rejects.toThrow("COLOUR cannot be none.");
});
