/** The check of what is deployed, on an app of a few lines. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeEach, expect, it } from "vitest";
import { checkAppTypes, checkStackTypes, lastChecks } from "../../scripts/support/type-check.ts";
import { copyApp } from "../support/app-copy.ts";
import { copyRepository } from "../support/repository-copy.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "type-check-"));
const longAgo = new Date("1985-10-26");
/** Those of this app, as text: they have comments. */
const configurations = [
  "tsconfig.json",
  "stacks/tsconfig.json",
  "packages/functions/tsconfig.json",
];

beforeEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const file of configurations) {
    write(file, fs.readFileSync(file, "utf8").replace('"types": ["node"]', '"types": []'));
  }
  for (const name of ["core", "functions", "cold-start"]) {
    write(`packages/${name}/src/index.ts`, "export const name: string = '';\n");
  }
  write("package.json", '{ "type": "module" }');
  write(
    "stacks/count.ts",
    'import { count } from "counter";\nexport const next: number = count;\n',
  );
  install("number");
  return () => fs.rmSync(folder, { recursive: true, force: true });
});

const check = () => checkStackTypes(new AbortController().signal, folder);
const checkAll = () => checkAppTypes(new AbortController().signal, folder);

it("finds the error of a file that was saved since the last check", async () => {
  await check();
  write("stacks/count.ts", "export const next: number = 'one';\n");
  await expect(check()).rejects.toThrow("count.ts(1,14): error TS2322");
  await expect(check()).rejects.toThrow("There are type errors");
});

it("finds the error of a file that was saved while the last check ran", async () => {
  const checking = check();
  const now = new Date();
  await checking;
  write("stacks/count.ts", "export const next: number = 'one';\n");
  fs.utimesSync(path.join(folder, "stacks/count.ts"), now, now);
  await expect(check()).rejects.toThrow("count.ts(1,14): error TS2322");
});

it("finds the error that a new package brings, which npm dates long ago", async () => {
  await check();
  install("string");
  await expect(check()).rejects.toThrow("count.ts(2,14): error TS2322");
});

it("finds the error of a file that was saved after the clock was set back", async () => {
  await check();
  const later = new Date(Date.now() + 3_600_000);
  fs.utimesSync(path.join(folder, lastChecks.stacks), later, later);
  write("stacks/count.ts", "export const next: number = 'one';\n");
  await expect(check()).rejects.toThrow("count.ts(1,14): error TS2322");
});

it("keeps what it knows from the last check", async () => {
  await check();
  // What was saved as the first began is read again.
  await check();
  const before = checkedAt(folder);
  await check();
  expect(checkedAt(folder)).toBe(before);
});

it.each([
  ["app", () => copyApp({ platform: true })],
  ["repository", copyRepository],
])("finds nothing to check in a copy of this %s, whose types are known", async (_, create) => {
  const copy = create();
  const before = checkedAt(copy.folder);
  await checkStackTypes(new AbortController().signal, copy.folder);
  expect(checkedAt(copy.folder)).toBe(before);
  copy.remove();
});

const checkedAt = (app: string) => fs.statSync(path.join(app, lastChecks.stacks)).mtimeMs;

it.each(["core", "functions", "cold-start"])(
  "finds the error of a function, in %s",
  async (name) => {
    await checkAll();
    write(`packages/${name}/src/index.ts`, 'export const wrong: number = "text";\n');
    await expect(checkAll()).rejects.toThrow(`packages/${name}/src/index.ts(1,14): error TS2322`);
    await expect(check()).resolves.toBeUndefined();
  },
);

function install(type: string): void {
  write("node_modules/counter/package.json", '{ "name": "counter", "types": "./index.d.ts" }');
  write("node_modules/counter/index.d.ts", `export declare const count: ${type};\n`);
  fs.utimesSync(path.join(folder, "node_modules/counter/index.d.ts"), longAgo, longAgo);
  write("node_modules/.package-lock.json", "{}");
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
}
