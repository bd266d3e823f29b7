/** What commands say when they cannot work, and what they write. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explain } from "../../scripts/support/explain.ts";
import { requestsToTry } from "../../scripts/support/local-app.ts";
import { outputFile, writeOutput } from "../../scripts/support/output-file.ts";
import { findStage } from "../../scripts/support/target.ts";
import { run } from "../../packages/local/test/support/command.ts";

describe("a stage", () => {
  it("is never looked for on AWS by the local cloud's name", async () => {
    await expect(findStage({ stage: "local" })).rejects.toThrow(
      "It is the stage of the local cloud and does not exist on AWS: leave out --stage",
    );
    await expect(findStage({ stage: "local", awsPort: "1" })).resolves.toMatchObject({
      local: true,
    });
    await expect(findStage({ stage: "ada" })).resolves.toMatchObject({ local: false });
  });

  const url = "http://127.0.0.1:3000";
  const urls = { api: url, aws: "http://127.0.0.1:4570" };

  it("that requires one-time passwords has secrets for them, and what its firewall blocks", () => {
    const lines = requestsToTry("prod", urls, { 1: "SECRET1", 2: "SECRET2" }).join("\n");
    expect(lines).toContain('Stage "prod" requires one-time passwords.');
    expect(lines).toContain("user2@example.com   SECRET2");
    expect(lines).toContain(
      "TOKEN=$(npm run -s token -- user1@example.com --aws-port 4570 --totp SECRET1)\n  curl ",
    );
    expect(lines).toContain(`curl ${url}/lambda1 -H 'X-Test: \${jndi:ldap://x}'`);
  });

  it.each(["local", "ada"])("that does not has none: %s", (stage) => {
    const lines = requestsToTry(stage, urls, {}).join("\n");
    expect(lines).toContain("TOKEN=$(npm run -s token -- user1@example.com --aws-port 4570)\n");
    expect(lines).toContain("\n  npm run attack -- --aws-port 4570");
    expect(lines).not.toContain("jndi");
  });

  it("that is served on the default port has no option for it", () => {
    const usual = { api: url, aws: "http://127.0.0.1:4566" };
    const lines = requestsToTry("local", usual, {});
    expect(lines).toContain("  TOKEN=$(npm run -s token -- user1@example.com)");
    expect(lines).toContain("  npm run attack");
    expect(lines.at(-1)).toBe("  npm run web");
  });

  it("that names this machine's page has it to try", () => {
    const lines = requestsToTry("local", urls, {});
    expect(lines.slice(-3)).toEqual([
      "  Sign in on a web page, at http://localhost:8080:",
      "",
      "  npm run web -- --aws-port 4570",
    ]);
    expect(requestsToTry("ada", urls, {}).join("\n")).not.toContain("npm run web");
  });
});

describe("a file to write", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "output-file-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("stands in a folder that exists", () => {
    expect(isTaken(path.join(folder, "graph.json"))).toBe(true);
    expect(isTaken("graph.json")).toBe(true);
    expect(isTaken("")).toBe(false);
    expect(
      outputFile.safeParse(path.join(folder, "gone", "graph.json")).error?.issues,
    ).toMatchObject([{ message: expect.stringContaining("The folder does not exist") }]);
  });

  it("may stand in the folder for what is not committed, which need not be there yet", async () => {
    const openapi = fileURLToPath(new URL("../../scripts/openapi.ts", import.meta.url));
    const file = ".local-cloud/openapi.json";
    await expect(run(["node", openapi, "--out", file], { cwd: folder })).resolves.toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    expect(fs.readFileSync(path.join(folder, file), "utf8")).toContain('"openapi": "3.1.1"');
    expect(fs.statSync(path.join(folder, ".local-cloud")).mode & 0o777).toBe(0o700);
  });

  it("is named when it cannot be written", () => {
    const file = path.join(folder, "graph.json");
    writeOutput(file, "[]\n");
    expect(fs.readFileSync(file, "utf8")).toBe("[]\n");
    expect(() => writeOutput(folder, "[]\n")).toThrow(/was not written .*EISDIR.*. Name a file/);
  });
});

const isTaken = (file: string) => outputFile.safeParse(file).success;

it("is told how to sign in to AWS, who has not", async () => {
  const cognito = new CognitoIdentityProviderClient({
    region: "us-east-1",
    credentials: () => Promise.reject(withoutCredentials()),
  });
  const failure: unknown = await cognito
    .send(new ListUserPoolsCommand({ MaxResults: 1 }))
    .catch((error: unknown) => error);
  expect(explain(failure)).toMatch(
    /^Could not load credentials from any providers\. --stage works on AWS.*AWS_PROFILE/,
  );
});

/** As the AWS clients' own chain throws it. */
function withoutCredentials(): Error {
  const error = new Error("Could not load credentials from any providers");
  error.name = "CredentialsProviderError";
  return error;
}
