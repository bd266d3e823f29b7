/** The commands, run as people run them. */
import fs from "node:fs";
import path from "node:path";
import { findRunningCloud } from "@secure-lambda/local";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { run, start, type Command } from "../support/command.ts";

const freePorts = ["--port", "0", "--aws-port", "0"];

const readySchema = z.object({
  ready: z.literal(true),
  apiUrl: z.url(),
  awsUrl: z.url(),
  consoleUrl: z.url(),
});

describe("npm start", () => {
  let cloud: Command;
  let ready: z.infer<typeof readySchema>;
  let awsPort: string;
  beforeAll(async () => {
    cloud = start(["npm", "start", "--", ...freePorts, "--json"]);
    ready = readySchema.parse(JSON.parse(await cloud.line(/"ready"/)));
    awsPort = new URL(ready.awsUrl).port;
  });
  afterAll(async () => {
    cloud.interrupt();
    await cloud.ended;
  });

  const token = async (...args: string[]) =>
    run(["npm", "run", "-s", "token", "--", "--aws-port", awsPort, ...args]);
  const greet = (idToken: string, name: string) =>
    fetch(`${ready.apiUrl}/lambda1`, {
      method: "POST",
      headers: { authorization: `Bearer ${idToken}`, "content-type": "application/json" },
      body: JSON.stringify({ name }),
    });

  it("is found by other commands in the folder", () => {
    expect(findRunningCloud(".")).toEqual({
      stage: "local",
      apiUrl: ready.apiUrl,
      awsUrl: ready.awsUrl,
      consoleUrl: ready.consoleUrl,
    });
  });

  it("has users whose tokens a command prints, alone on standard output, and which are greeted", async () => {
    const { code, stdout, stderr } = await token("user1@example.com");
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("rror") });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const response = await greet(stdout, "Ada");
    expect(response.status).toBe(200);
    await cloud.line(/Hello Ada\. Greetings from InternalLambda!/);
  });

  it("lets a command create another user, who may call at once", async () => {
    const options = ["--pool", "1", "--aws-port", awsPort, "--password", "Longer-than-8!"];
    const created = await run([
      "npm",
      "run",
      "user",
      "--",
      "create",
      "user3@example.com",
      ...options,
    ]);
    expect(created).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Created user3@example.com"),
    });
    const { stdout } = await token("user3@example.com", "--password", "Longer-than-8!");
    expect((await greet(stdout, "Grace")).status).toBe(200);
  });

  it.each([
    [["user1@example.com", "--password", "Wrong-one-1!"], "Incorrect username or password"],
    [["nobody@example.com"], "npm run user -- create nobody@example.com"],
    [["no-address"], "Invalid email"],
    [[], "expected one e-mail address"],
  ])("answers a wrong sign-in with what is wrong: %j", async (args, message) => {
    const { code, stdout, stderr } = await token(...args);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });

  it("shows routes, firewall and logs on its console", async () => {
    const page = await fetch(ready.consoleUrl);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const text = await page.text();
    for (const part of ["/lambda1", "AGAuthorizer2", "CountNetworks", "InternalLambda"]) {
      expect(text).toContain(part);
    }
  });

  it("says so when its port is taken, and starts nothing", async () => {
    const { port } = new URL(ready.apiUrl);
    const second = await run(["npm", "start", "--", "--port", port, "--aws-port", "0"]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`Port ${port} is taken`);
    expect(second.stderr).toContain("npm start -- --port");
  });
});

describe("the command behind npm start, interrupted", () => {
  it.each([
    ["while it deploys", /sst deploy/, 130],
    ["when it is ready", /"ready"/, 0],
  ])("leaves no port and no file: %s", async (_, moment, code) => {
    const cloud = start(["node", "scripts/start.ts", ...freePorts, "--json"]);
    await cloud.line(moment);
    cloud.interrupt();
    await expect(cloud.ended).resolves.toBe(code);
    for (const line of cloud.stdout.filter((text) => text.includes('"ready"'))) {
      const { apiUrl, awsUrl } = readySchema.parse(JSON.parse(line));
      await expect(fetch(apiUrl)).rejects.toThrow("fetch failed");
      await expect(fetch(awsUrl)).rejects.toThrow("fetch failed");
    }
    expect(runFolders()).toEqual([]);
  });
});

it.each(["start", "dev:local", "token", "user", "rehearse", "deploy", "redrive", "e2e", "openapi"])(
  "npm run %s -- --help explains the command",
  async (name) => {
    const { code, stdout } = await run(["npm", "run", "-s", name, "--", "--help"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Usage: npm .*--help/s),
    });
  },
);

/** Folders of local clouds that were started by processes which are gone. */
function runFolders(): string[] {
  const runs = path.join(".local-cloud", "runs");
  return fs.existsSync(runs) ? fs.readdirSync(runs).filter((name) => !isAlive(name)) : [];
}

function isAlive(name: string): boolean {
  try {
    process.kill(Number.parseInt(name, 10), 0);
    return true;
  } catch {
    return false;
  }
}
