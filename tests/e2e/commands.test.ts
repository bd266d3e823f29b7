/** The commands, run as users run them. */
import { appName } from "@secure-lambda/functions/contract";
import { once } from "node:events";
import fs from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { ConfirmSignUpCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { findRunningClouds } from "@secure-lambda/local/command-line";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { findUserPool } from "../../scripts/support/user-pools.ts";
import { openAws } from "../support/aws-clients.ts";
import { openConsoleApi } from "../support/console-api.ts";
import { run, start, unwrapped, type Command } from "../../packages/local/test/support/command.ts";
import { callJson } from "../../packages/local/test/support/raw-calls.ts";

const freePorts = ["--port", "0", "--aws-port", "0"];

const readySchema = z.object({
  ready: z.literal(true),
  apiUrl: z.url(),
  awsUrl: z.url(),
  consoleUrl: z.url(),
});

const announcementSchema = z.object({
  kind: z.string(),
  destination: z.string(),
  code: z.string(),
});

describe("the command behind npm start", () => {
  let cloud: Command;
  let ready: z.infer<typeof readySchema>;
  let awsPort: string;
  beforeAll(async () => {
    cloud = start(["node", "scripts/start.ts", ...freePorts, "--json"]);
    ready = readySchema.parse(JSON.parse(await cloud.line(/"ready"/)));
    awsPort = new URL(ready.awsUrl).port;
  });

  const token = (...args: string[]) =>
    run(["node", "scripts/token.ts", "--aws-port", awsPort, ...args]);
  const greet = (idToken: string, name: string) =>
    fetch(`${ready.apiUrl}/lambda1`, {
      method: "POST",
      headers: { authorization: `Bearer ${idToken}`, "content-type": "application/json" },
      body: JSON.stringify({ name }),
    });

  it("is found by other commands in the folder", () => {
    expect(findRunningClouds(".")[0]).toEqual({
      stage: "local",
      apiUrl: ready.apiUrl,
      awsUrl: ready.awsUrl,
      consoleUrl: ready.consoleUrl,
    });
  });

  it("has users whose tokens a command prints, with nothing else on standard output, and which are greeted", async () => {
    const npmRunToken = ["npm", "run", "-s", "token", "--"] as const;
    const command = [...npmRunToken, "--aws-port", awsPort, "user1@example.com"] as const;
    const { code, stdout, stderr } = await run(command);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("rror") });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const response = await greet(stdout, "Ada");
    expect(response.status).toBe(200);
    await cloud.line(/Hello Ada\. Greetings from InternalLambda!/);
  });

  it("lets commands create another user, who may call at once, and delete them", async () => {
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
      stdout: expect.stringContaining(
        `Created user3@example.com in pool 1 of stage "local".\nnext: npm run -s token -- user3@example.com --pool 1 --aws-port ${awsPort} --password PASSWORD`,
      ),
    });
    const given = ["--pool", "1", "--password", "Longer-than-8!"];
    const { stdout } = await token("user3@example.com", ...given);
    expect((await greet(stdout, "Grace")).status).toBe(200);
    const person = ["user3@example.com", "--pool", "1", "--aws-port", awsPort];
    await expect(run(["node", "scripts/user.ts", "delete", ...person])).resolves.toMatchObject({
      code: 0,
      stdout: 'Deleted user3@example.com from pool 1 of stage "local".',
    });
    const { stderr } = await token("user3@example.com", ...given);
    expect(stderr).toContain("has no user user3@example.com in pool 1");
  });

  it("lists the users of every pool", async () => {
    const { stdout } = await run(["node", "scripts/user.ts", "list", "--aws-port", awsPort]);
    expect(stdout.split("\n")).toEqual([
      "user1@example.com  CONFIRMED  pool 1",
      "user2@example.com  CONFIRMED  pool 2",
    ]);
    const inPool2 = ["list", "--pool", "2", "--json", "--aws-port", awsPort];
    const { stdout: json } = await run(["node", "scripts/user.ts", ...inPool2]);
    expect(JSON.parse(json)).toEqual([
      { email: "user2@example.com", status: "CONFIRMED", enabled: true, pool: 2 },
    ]);
  });

  it("tells of what Cognito would mail, so that users can sign up by themselves", async () => {
    const aws = openAws(ready.awsUrl);
    const { cognito } = aws;
    const { clientId: ClientId } = await findUserPool({ stage: "local", local: true, cognito }, 1);
    const Username = "grace@example.com";
    const UserAttributes = [{ Name: "email", Value: Username }];
    const Password = "Longer-than-12!";
    await cognito.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes }));
    const announcement = announcementSchema.parse(
      JSON.parse(await cloud.line(/"announcement":"mail"/)),
    );
    expect(announcement).toMatchObject({ kind: "SignUp", destination: Username });
    const ConfirmationCode = announcement.code;
    await cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
    aws.close();
    await expect(token(Username, "--password", Password)).resolves.toMatchObject({ code: 0 });
  });

  it("tells of dead letters", async () => {
    const asExternalLambda = openAws(ready.awsUrl, `${appName}-local-ExternalLambda`);
    const topic = `arn:aws:sns:us-east-1:000000000000:${appName}-local-GreetingTopic`;
    await asExternalLambda.publish(topic, " ");
    asExternalLambda.close();
    expect(JSON.parse(await cloud.line(/"announcement":"deadLetter"/))).toMatchObject({
      queueArn: expect.stringMatching(/-DeadLetters$/),
      sourceArn: expect.stringMatching(/-InternalLambda$/),
      reason: "failed 3 times (InvalidEventError)",
    });
  });

  it.concurrent.each([
    [["user1@example.com", "--password", "Wrong-one-1!"], 1, "Incorrect username or password"],
    [["unknown@example.com"], 1, "npm run user -- create unknown@example.com"],
    [["no-address"], 2, "argument '<email>' value 'no-address' is"],
  ])("answers a wrong sign-in with what is wrong: %j", async (args, code, message) => {
    await expect(token(...args)).resolves.toEqual({
      code,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });

  it("shows routes, firewall and logs on its console", async () => {
    const page = await fetch(ready.consoleUrl);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const script = await fetch(`${ready.consoleUrl}/page.js`);
    expect(script.headers.get("content-type")).toContain("text/javascript");
    const call = await openConsoleApi(ready.awsUrl);
    for (const [route, parts] of [
      ["/api-routes", ["/lambda1", "AGAuthorizer2"]],
      ["/firewalls", ["CountNetworks"]],
      ["/log-groups", ["InternalLambda"]],
    ] as const) {
      const text = JSON.stringify(await call("GET", route));
      for (const part of parts) expect(text).toContain(part);
    }
  });

  it("lets no header, query or path of a stranger move a terminal: output, FilterLogEvents, console", async () => {
    const [c1, secret] = ["\u009B2J\u0085", "a-stranger-s-token"];
    const headers = { "x-stranger": c1, "user-agent": c1, "x-api-key": secret, cookie: secret };
    await once(request(`${ready.apiUrl}/lambda1?${secret}`, { headers }).end(), "response");
    const line = await cloud.line(/x-stranger/);
    expect(line).toContain("\\u009b2J\\u0085");
    const aws = { fetch: (call: Request) => fetch(ready.awsUrl, call) };
    const input = { logGroupName: `aws-waf-logs-${appName}-local` };
    const found = await callJson(aws, "logs", "Logs_20140328.FilterLogEvents", input);
    const call = await openConsoleApi(ready.awsUrl);
    const samples = JSON.stringify(await call("GET", "/firewalls"));
    expect(found.body).toContain("x-stranger");
    for (const text of [...cloud.stdout, ...cloud.stderr, found.body, samples]) {
      expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
      expect(text).not.toContain(secret);
    }
  });

  it("says so when its port is taken, and starts nothing", async () => {
    const { port } = new URL(ready.apiUrl);
    const second = await run(["npm", "start", "--", "--port", port, "--aws-port", "0"]);
    expect(second.code).toBe(1);
    expect(unwrapped(second.stderr)).toContain(
      `is already running: ${ready.apiUrl}, AWS endpoint ${ready.awsUrl}.`,
    );
    expect(second.stderr).toContain("npm start -- --port 0 --aws-port 0");
  });

  it("leaves no port and no file when it is interrupted", async () => {
    cloud.interrupt();
    await expect(cloud.ended).resolves.toBe(0);
    expect(cloud.stderr.slice(-2)).toEqual([
      "  Stopping …",
      `  ✓ stopped      stage local at ${ready.apiUrl}; nothing is left running`,
    ]);
    await expect(fetch(ready.apiUrl)).rejects.toThrow("fetch failed");
    await expect(fetch(ready.awsUrl)).rejects.toThrow("fetch failed");
    expect(runDirectories()).toEqual([]);
  });

  it("leaves no file when it is interrupted while it deploys", async () => {
    const started = start(["node", "scripts/start.ts", ...freePorts]);
    await started.line(/sst deploy/);
    started.interrupt();
    await expect(started.ended).resolves.toBe(130);
    expect(started.stdout.filter((line) => /Stopping|stopped/.test(line))).toEqual([
      "  Stopping …",
    ]);
    expect(runDirectories()).toEqual([]);
  });
});

it.concurrent("a name that cannot be a stage's is refused before anything starts", async () => {
  const command = ["node", "scripts/start.ts", ...freePorts, "--stage", "ABC"] as const;
  const { code, stdout, stderr } = await run(command);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(unwrapped(stderr)).toContain(
    `argument 'ABC' is invalid. "ABC" cannot be a stage: use up to 30 lower-case letters`,
  );
});

/** Folders of local clouds that were started by processes which are gone. */
function runDirectories(): string[] {
  const runs = path.join(".local-cloud", "runs");
  const left = fs.existsSync(runs) ? fs.readdirSync(runs).filter((name) => !isAlive(name)) : [];
  // Of a process that has ended since, the folder went just before it.
  return left.filter((name) => fs.existsSync(path.join(runs, name)));
}

function isAlive(name: string): boolean {
  try {
    process.kill(Number.parseInt(name, 10), 0);
    return true;
  } catch {
    return false;
  }
}
