/** The setting `codeCache`: through the SST CLI, and what is shipped when the cache does not fit. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unpack } from "../../bench/fixture/unpack.ts";
import { inventEnvironment } from "../../stacks/bundle/code-cache/environment.ts";
import { addCodeCache, CodeCacheError } from "../../stacks/bundle/code-cache/index.ts";
import { copyApp } from "../support/app-copy.ts";
import { run } from "../../packages/local/test/support/command.ts";
import { deployApp } from "../support/deployed-app.ts";

/** Says what a start gives, and what it warns of. */
const start = `
console.warn = ({ message, reason }) => console.log(message, reason ?? "");
process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
const { handler } = await import("./bundle.mjs");
console.log(typeof handler);
process.exit();
`;

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "code-cache-"));
const shipped = path.join(temporary, "shipped");

const replaceFirst = (file: string, from: string, to: string) =>
  fs.writeFileSync(file, fs.readFileSync(file, "latin1").replace(from, to), "latin1");

/** Starts a copy of what is shipped, with one thing changed. */
async function startWith(change: (folder: string) => void, flags: readonly string[] = []) {
  const folder = fs.mkdtempSync(path.join(temporary, "copy-"));
  fs.cpSync(shipped, folder, { recursive: true });
  change(folder);
  fs.writeFileSync(path.join(folder, "start.mjs"), start);
  fs.writeFileSync(path.join(folder, "start.env"), inventEnvironment());
  const command = [process.execPath, ...flags, "--env-file=start.env", "start.mjs"] as const;
  return run(command, { cwd: folder, env: {} });
}

afterAll(() => fs.rmSync(temporary, { recursive: true }));

describe("a stage with the setting codeCache", () => {
  let answer: Response;
  let logged: string;

  beforeAll(async () => {
    const copy = copyApp({ platform: true });
    try {
      copy.replace("stacks/settings/stages.ts", 'mfa: "off",', 'mfa: "off", codeCache: "node",');
      const app = await deployApp({ project: copy.folder });
      try {
        const authorization = await app.token(1);
        answer = await app.post("/lambda1", { authorization, body: { name: "Ada" } });
        const lines = app.logs.read("/aws/lambda/secure-lambda-local-ExternalLambda");
        logged = lines.map(({ message }) => message).join("\n");
        unpack(path.join(copy.folder, ".sst/artifacts/ExternalLambda/code.zip"), shipped);
      } finally {
        await app.stop();
      }
    } finally {
      copy.remove();
    }
  });

  it("answers by the code that has one", async () => {
    expect(answer.status).toBe(200);
    await expect(answer.json()).resolves.toMatchObject({
      message: expect.stringContaining("Hello Ada."),
    });
    expect(logged).toContain("POST /lambda1 200");
    expect(logged).not.toContain("code cache");
  });

  it("ships the code, its cache and its loader, and not what has made them", () => {
    expect(fs.readdirSync(shipped).toSorted()).toEqual([
      "bundle.cache",
      "bundle.cjs",
      "bundle.mjs",
      "resource.enc",
    ]);
  });

  it("starts with the cache as it was shipped", async () => {
    const { code, stdout } = await startWith(() => {});
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Not done ahead: reading the secret *\nfunction$/),
    });
  });

  it.each<[string, (folder: string) => void, RegExp]>([
    ["there is none", (folder) => fs.rmSync(path.join(folder, "bundle.cache")), /ENOENT/],
    [
      "a byte of it is another",
      (folder) => {
        const file = path.join(folder, "bundle.cache");
        const bytes = fs.readFileSync(file);
        bytes[300_000] = (bytes[300_000] ?? 0) ^ 1;
        fs.writeFileSync(file, bytes);
      },
      /it is not whole/,
    ],
    [
      "its end is missing",
      (folder) => fs.truncateSync(path.join(folder, "bundle.cache"), 300_000),
      /it is not whole/,
    ],
    [
      "it is of other code that is as long",
      (folder) => replaceFirst(path.join(folder, "bundle.cjs"), "Greetings", "Greetinks"),
      /it is not whole/,
    ],
    [
      "another Node has made it",
      (folder) => replaceFirst(path.join(folder, "bundle.cache"), process.version, "v24.0.0"),
      /for another Node: v24\.0\.0/,
    ],
  ])("starts without the cache where %s, and says so", async (_, change, reason) => {
    const { code, stdout } = await startWith(change);
    const [first, ...rest] = stdout.split("\n");
    expect(first).toMatch(/^Starting without the code cache /);
    expect(first).toMatch(reason);
    expect({ code, last: rest.at(-1) }).toEqual({ code: 0, last: "function" });
  });

  it("starts without the cache where V8's flags are others, and says so", async () => {
    const { code, stdout } = await startWith(() => {}, ["--expose-gc"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Starting without the code cache V8 has other flags\n/);
    expect(stdout).toMatch(/function$/);
  });
});

describe("addCodeCache", () => {
  it.each([
    ["cannot be run", "no-such-command", "no-such-command: not found"],
    ["makes nothing", "true", "ENOENT"],
  ])("says what went wrong when the command %s", async (_, command, said) => {
    const built = fs.mkdtempSync(path.join(temporary, "built-"));
    const failed = addCodeCache({ built, sources: "stacks/bundle/code-cache", command });
    await expect(failed).rejects.toThrow(CodeCacheError);
    await expect(failed).rejects.toThrow(
      new RegExp(`setting codeCache.*: ${command}\\n[^]*${said}`),
    );
  });
});
