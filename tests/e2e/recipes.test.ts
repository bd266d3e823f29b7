/** The recipes of CONTRIBUTING.md, "A route", in a copy: what they need, and that nothing else does. */
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../../packages/local/test/support/command.ts";
import { checkGraph } from "../../stacks/policy/index.ts";
import type { AppCopy } from "../support/app-copy.ts";
import { deployApp } from "../support/deployed-app.ts";
import {
  applyEdits,
  copyRepository,
  getWithParameter,
  secondField,
  thirdPost,
} from "../support/recipes.ts";

let copy: AppCopy;
beforeAll(() => {
  copy = copyRepository();
});
afterAll(() => copy?.remove());

/** Runs a tool of this repository in the copy, as if no test ran it. */
const runInCopy = (tool: string, ...args: string[]) => {
  const { VITEST: _, VITEST_WORKER_ID: __, VITEST_POOL_ID: ___, ...env } = process.env;
  const bin = path.resolve("node_modules/.bin");
  return run([path.join(bin, tool), ...args], {
    cwd: copy.folder,
    env: { ...env, PATH: `${bin}:${process.env["PATH"]}` },
  });
};

it("a row without a handler does not compile", async () => {
  applyEdits(copy, [thirdPost.row]);
  const config = { extends: "./tsconfig.json", include: ["packages/functions", "packages/core"] };
  fs.writeFileSync(path.join(copy.folder, "tsconfig.functions.json"), JSON.stringify(config));
  const { code, stdout } = await runInCopy("tsc", "-p", "tsconfig.functions.json");
  expect(code).not.toBe(0);
  expect(stdout).toMatch(
    /^packages\/functions\/src\/http\/app\.ts.* does not satisfy the expected type 'never'/m,
  );
});

it("with a third POST route, a second field and a GET route, all compiles", async () => {
  applyEdits(copy, [...thirdPost.app, ...secondField, ...getWithParameter]);
  expect(await runInCopy("tsc", "-p", ".")).toMatchObject({ code: 0, stdout: "" });
});

it("and the unit tests pass, priming's too", async () => {
  const { code, stdout } = await runInCopy(
    "vitest",
    "run",
    "--project=unit",
    "--project=cold-start",
    "tests/functions",
    "cold-start/test/prime-app",
    "cold-start/test/external",
  );
  expect({ code, failed: stdout.split("\n").filter((line) => line.includes("FAIL")) }).toEqual({
    code: 0,
    failed: [],
  });
});

it("and it deploys, breaks no rule, and passes npm run e2e", async () => {
  const app = await deployApp({ project: copy.folder });
  try {
    expect(checkGraph(app.cloud.graph("local"))).toEqual([]);
    const { port } = new URL(app.urls.aws);
    const { code, stdout } = await runInCopy(
      "node",
      "scripts/e2e.ts",
      "--aws-port",
      port,
      "--url",
      app.urls.api,
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining("All 24 checks passed."),
    });
  } finally {
    await app.stop();
  }
});
