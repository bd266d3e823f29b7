/** Modules that the engine loads only when they are called. */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import * as z from "zod";
import { loadPulumi } from "../../src/engine/pulumi-sdk.ts";
import { postpone } from "../../src/engine/postpone.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "postpone-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const fn = <T>() => z.custom<T>((value) => typeof value === "function");
const loadsSchema = z.object({ count: z.int() });
const sumSchema = z.object({ sum: fn<(a: number, b: number) => number>() });

it("loads a module once, when one of its functions is called", () => {
  const [counter, module] = [path.join(folder, "loads.cjs"), path.join(folder, "sum.cjs")];
  fs.writeFileSync(counter, "exports.count = 0;");
  fs.writeFileSync(module, 'require("./loads.cjs").count += 1;\nexports.sum = (a, b) => a + b;');
  const require = createRequire(module);
  const loads = () => loadsSchema.parse(require(counter)).count;
  postpone(require, module, ["sum"]);
  const { sum } = sumSchema.parse(require(module));
  expect(loads()).toBe(0);
  expect([sum(1, 2), sum(3, 4)]).toEqual([3, 7]);
  expect(loads()).toBe(1);
});

const pulumiSchema = z.object({
  runtime: z.object({
    serializeFunction: fn<(closure: () => string) => Promise<{ text: string }>>(),
  }),
});

it("leaves a program all that the Pulumi SDK does: it serializes a closure", async () => {
  const platform = path.resolve(".sst/platform");
  loadPulumi(platform);
  const require = createRequire(path.join(platform, "package.json"));
  const { runtime } = pulumiSchema.parse(require("@pulumi/pulumi"));
  const greeting = "Hello";
  const { text } = await runtime.serializeFunction(() => greeting);
  expect(text).toMatch(/greeting: "Hello"[^]*return \(\) => greeting;/);
});
