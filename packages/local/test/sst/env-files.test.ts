/** The app's own files add nothing that leads out of the local cloud. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkStageFile, EnvFileError, shieldFromFiles } from "../../src/sst/env-files.ts";
import { documentedVariables } from "./documented-variables.ts";

const documented = Object.values(documentedVariables).flat();

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "env-files-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);

describe(".env, which adds what the environment lacks", () => {
  it("finds each documented variable there already, those of the local cloud as they were", () => {
    write(".env", documented.map((name) => `${name}=elsewhere`).join("\n"));
    const env = shieldFromFiles({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, folder, "prod");
    expect(documented.filter((name) => env[name] === undefined)).toEqual([]);
    expect(env).toMatchObject({ AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_PROFILE: "" });
  });

  it("adds the app's own variables by itself", () => {
    write(".env", "STRIPE_KEY=k\nNODE_ENV=test\nPORT=1\n");
    expect(shieldFromFiles({ HOME: "/home" }, folder, "prod")).toEqual({
      HOME: "/home",
      SST_AWS_NO_PROFILE: "true",
    });
  });

  it.each([
    ["is missing", () => {}],
    ["is a folder, as of a virtual environment", () => fs.mkdirSync(path.join(folder, ".env"))],
  ])("may be one that %s", (_, make) => {
    make();
    expect(shieldFromFiles({}, folder, "prod")).toEqual({ SST_AWS_NO_PROFILE: "true" });
  });
});

describe(".env.STAGE, which overrules the environment", () => {
  it.each([...documented, "PATH", "HOME", "TMPDIR", "XDG_CONFIG_HOME", "LOCAL_CLOUD_ENGINE_URL"])(
    "is refused with %s, by name",
    (name) => {
      write(".env.prod", `STRIPE_KEY=k\n${name}=elsewhere\n`);
      expect(() => checkStageFile(folder, "prod")).toThrow(EnvFileError);
      expect(() => shieldFromFiles({}, folder, "prod")).toThrow(`.env.prod sets ${name}. `);
    },
  );

  // As joho/godotenv 1.5.1 parses it, which the CLI uses.
  it.each([
    ["spaces around", "  AWS_PROFILE = x"],
    ["export", "export AWS_PROFILE=x"],
    ["export and a next-line character", "export\u0085AWS_PROFILE=x"],
    ["a colon", "AWS_PROFILE: x"],
    ["no value", "AWS_PROFILE="],
    ["carriage returns", "A=b\rAWS_PROFILE=x\r\n"],
    ["a quoted value before it", 'A="b" AWS_PROFILE=x'],
    ["a quoted value right before it", "A='b'AWS_PROFILE=x"],
    ["a value of several lines before it", 'A="b\n# c" AWS_PROFILE=x'],
    ["a comment before it", "# the account\nAWS_PROFILE=x # ours"],
  ])("is refused however it is written: with %s", (_, text) => {
    write(".env.prod", text);
    expect(() => checkStageFile(folder, "prod")).toThrow("sets AWS_PROFILE.");
  });

  it.each([
    ["a comment", "# AWS_PROFILE=x\n  #AWS_PROFILE=x"],
    ["a comment after a value", "A=b # AWS_PROFILE=x"],
    ["part of a value", "A=https://example.com/?AWS_PROFILE=x"],
    ["part of another name", "MY_AWS_PROFILE=x\nAWS=y\nNODE_ENV=production"],
    ["another stage's", ""],
  ])("may have it in %s", (_, text) => {
    write(".env.prod", text);
    write(".env.other", "AWS_PROFILE=x");
    expect(() => checkStageFile(folder, "prod")).not.toThrow();
  });

  it("is told of everything at once", () => {
    write(".env.prod", "AWS_PROFILE=x\nHTTPS_PROXY=y\nAWS_PROFILE=z\n");
    expect(() => checkStageFile(folder, "prod")).toThrow(
      ".env.prod sets AWS_PROFILE, HTTPS_PROXY. The SST CLI lets this file overrule its environment, so that it would leave the local cloud. Set them in .env or in your shell, which the local cloud keeps out.",
    );
  });
});
