/** Nothing that runs under the local cloud is led out of it: not by a shell, a file or a profile. */
import fs from "node:fs";
import path from "node:path";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { run, start, type Command } from "../../packages/local/test/support/command.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { copyApp, type AppCopy } from "../support/app-copy.ts";
import { createHostileSettings } from "../support/hostile-settings.ts";
import { baseRestEvent, withHeaders } from "../support/rest-event.ts";
import { startSink, type Sink } from "../support/sink.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

const readySchema = z.object({ apiUrl: z.url(), awsUrl: z.url() });

/** What a shell needs, and the compiled code that every command reads. */
const plainShell = {
  PATH: process.env["PATH"],
  NODE_COMPILE_CACHE: path.resolve("node_modules/.cache/node"),
};

let app: AppCopy;
let sink: Sink;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  app = copyApp({ platform: true });
  sink = await startSink();
  const settings = createHostileSettings(path.join(app.folder, ".local-cloud", "hostile"), sink);
  fs.writeFileSync(path.join(app.folder, ".env"), settings.dotEnv);
  app.replace("sst.config.ts", "region, defaultTags }", 'region, defaultTags, profile: "sink" }');
  app.keepTime("sst.config.ts");
  env = { PATH: process.env["PATH"], ...settings.shell };
});
afterAll(async () => {
  await sink.stop();
  app.remove();
});

const command = (name: string, ...args: string[]) =>
  ["node", `scripts/${name}.ts`, ...args] as const;

/** `deploy` asks before it deploys a stage that the settings do not name. */
const onAda = (name: string, ...args: string[]) =>
  command(name, ...args, "--stage", "ada", ...(name === "deploy" ? ["--yes"] : []));

describe("with every documented variable set to lead elsewhere, in the shell and in .env", () => {
  let cloud: Command;
  let urls: z.infer<typeof readySchema>;
  beforeAll(async () => {
    const args = ["--port", "0", "--aws-port", "0", "--json"];
    cloud = start(command("start", ...args), { cwd: app.folder, env });
    urls = readySchema.parse(JSON.parse(await cloud.line(/"ready"/)));
  });
  afterAll(async () => {
    cloud.interrupt();
    await cloud.ended;
  });
  const perform = (name: string, ...args: string[]) =>
    run(command(name, "--aws-port", new URL(urls.awsUrl).port, ...args), { cwd: app.folder, env });

  it("the app is deployed, and the commands work", async () => {
    const { code, stdout } = await perform("token", "user1@example.com");
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w.-]+$/) });
    await expect(perform("e2e", "--url", urls.apiUrl)).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringContaining("All 12 checks passed."),
    });
    await expect(perform("redrive")).resolves.toMatchObject({ code: 0 });
  });

  it("a function looks for the keys of an unknown key id here", async () => {
    const { stdout: token } = await perform("token", "user1@example.com");
    const [header = "", ...rest] = token.split(".");
    const named = z.looseObject({}).parse(JSON.parse(Buffer.from(header, "base64url").toString()));
    const unknown = Buffer.from(JSON.stringify({ ...named, kid: "unknown" })).toString("base64url");
    const lambda = openLambda(urls.awsUrl);
    const { Payload } = await lambda.send(
      new InvokeCommand({
        FunctionName: namesOf("local").resource("ExternalLambda"),
        Payload: JSON.stringify({
          ...baseRestEvent,
          ...withHeaders({
            "Content-Type": "application/json",
            Authorization: [unknown, ...rest].join("."),
          }),
          body: '{"name":"Ada"}',
        }),
      }),
    );
    lambda.destroy();
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({ statusCode: 401 });
    await cloud.line(/KidNotFoundInJwksError/);
  });

  it("and nothing has called there", () => {
    expect(sink.received).toEqual([]);
  });
});

it.each([
  ["start", "leave the local cloud"],
  ["rehearse", "leave the local cloud"],
  ["deploy", "call AWS otherwise"],
  ["remove", "call AWS otherwise"],
  ["dev", "call AWS otherwise"],
])(
  "%s refuses what .env.STAGE may not set, by name, before anything starts: it would %s",
  async (name, consequence) => {
    fs.rmSync(path.join(app.folder, ".env"), { force: true });
    fs.writeFileSync(path.join(app.folder, ".env.ada"), `AWS_PROFILE=x\nHTTPS_PROXY=${sink.url}\n`);
    const { code, stderr } = await run(onAda(name), { cwd: app.folder, env: plainShell });
    expect({ code, stderr: stderr.replaceAll("\n", " ") }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        `\\.env\\.ada sets AWS_PROFILE, HTTPS_PROXY\\. .* it would ${consequence}`,
      ),
    });
    expect(sink.received).toEqual([]);
  },
);

/** A shell with a profile, and without the files of the tests before. */
function withProfile(settings: string): NodeJS.ProcessEnv {
  for (const file of [".env", ".env.ada"]) {
    fs.rmSync(path.join(app.folder, file), { force: true });
  }
  const home = path.join(app.folder, ".local-cloud", "home");
  fs.mkdirSync(path.join(home, ".aws"), { recursive: true });
  fs.writeFileSync(
    path.join(home, ".aws", "config"),
    `[profile mine]\naws_access_key_id = AKIATEST\naws_secret_access_key = any\n${settings}\n`,
  );
  return { ...plainShell, HOME: home, AWS_PROFILE: "mine" };
}

describe("a command for AWS", () => {
  it.each([
    ["deploy"],
    ["remove"],
    ["dev"],
    ["token", "ada@example.com"],
    ["user", "create", "ada@example.com", "--pool", "1"],
    ["e2e"],
    ["redrive"],
  ])("%s refuses a profile that leads elsewhere, before anything starts", async (name, ...args) => {
    const shell = withProfile(`endpoint_url = ${sink.url}`);
    const { code, stderr } = await run(onAda(name, ...args), { cwd: app.folder, env: shell });
    expect({ code, stderr: stderr.replaceAll("\n", " ") }).toEqual({
      code: 1,
      stderr: expect.stringContaining("Remove endpoint_url of [profile mine] from "),
    });
    expect(sink.received).toEqual([]);
  });

  it.each(["remove", "dev"])(
    "%s refuses one in a form that only the SST CLI reads",
    async (name) => {
      const shell = withProfile(`Endpoint_URL: ${sink.url}`);
      const { code, stderr } = await run(onAda(name), { cwd: app.folder, env: shell });
      expect({ code, stderr: stderr.replaceAll("\n", " ") }).toEqual({
        code: 1,
        stderr: expect.stringContaining("Remove endpoint_url of [profile mine] from "),
      });
      expect(sink.received).toEqual([]);
    },
  );
});

it("a client that nothing keeps from it would have called there", async () => {
  const lambda = openLambda(sink.url);
  await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 418 },
  });
  lambda.destroy();
  expect(sink.received).toEqual([expect.stringContaining("GET /2015-03-31/functions")]);
});

function openLambda(endpoint: string): LambdaClient {
  return new LambdaClient({ ...clientConfig(endpoint), maxAttempts: 1 });
}
