/** `npm run e2e`: the matrix against a deployed stage, and that it sees what is wrong. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import {
  greetRequest,
  type RouteRow,
  routeRows,
  userPools,
} from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { runMatrix } from "../../scripts/e2e/matrix.ts";
import { exampleRequest } from "../../scripts/support/example-request.ts";
import { readStageOutputs } from "../../scripts/support/stage-outputs.ts";
import { run, unwrapped } from "../../packages/local/test/support/command.ts";
import { untilLogged } from "../support/log-lines.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { clientConfig } from "../../packages/local/test/support/client-config.ts";

/** How many calls of a route its users may make, and how many calls there are: two without a user. */
const ALLOWED = 2;
const calls = routeRows.length * (2 + userPools.length * ALLOWED);
const tokens = Object.fromEntries(userPools.map((number) => [number, `token-${number}`]));

describe("against a stage on a local cloud", () => {
  let app: SharedApp;
  beforeAll(async () => {
    app = await useSharedApp();
  });
  afterAll(() => app?.close());

  const e2e = (...args: string[]) =>
    run(["node", "scripts/e2e.ts", "--aws-port", new URL(app.urls.aws).port, ...args]);

  it("prints a row for each call and ends with 0", async () => {
    const { code, stdout } = await e2e("--url", app.urls.api);
    const lines = stdout.split("\n").map((line) => line.replaceAll(/ {2,}/g, "  "));
    expect(lines).toEqual([
      ...routeRows.flatMap(({ method, path, userPool, response }) => [
        `✓  ${method} ${path} with no token  401`,
        `✓  ${method} ${path} with a made-up token  401`,
        ...userPools.flatMap((pool) =>
          ["bare", "Bearer"].map((form) => {
            const found = pool === userPool ? `200, ${response.model}` : "401";
            return `✓  ${method} ${path} with user${pool}, ${form}  ${found}`;
          }),
        ),
      ]),
      `All ${calls} checks passed.`,
    ]);
    expect(code).toBe(0);
    const internal = namesOf("local").functionLog("InternalLambda");
    const greetings = routeRows.filter(({ request }) => request.json === greetRequest).length;
    await untilLogged(app.logs, internal, /Hello Ada\./, greetings * ALLOWED);
  });

  it("prints what it found instead and ends with 1, where there is no such API", async () => {
    const { code, stdout } = await e2e("--url", app.urls.aws);
    expect(code).toBe(1);
    expect(unwrapped(stdout).replaceAll(/ +/g, " ")).toContain(
      "expected 200, GreetResponse, got 403",
    );
    expect(stdout).toContain(`${calls} of ${calls} checks failed.`);
  });

  it("has a line for each call in a pipe, whatever comes back", async () => {
    const api = await startApi((_, authorization) =>
      authorization === undefined ? [401, {}] : undefined,
    );
    const { code, stdout } = await e2e("--url", api.url);
    await api.stop();
    expect(code).toBe(1);
    expect(unwrapped(stdout).replaceAll(/ +/g, " ")).toContain(
      "expected 200, GreetResponse, got fetch failed: ",
    );
    expect(stdout.split("\n")).toHaveLength(calls + 1);
  });

  it("says whose password is wrong", async () => {
    const { code, stderr } = await e2e("--url", app.urls.api, "--password2", "Wrong-one-1!");
    expect(code).toBe(1);
    expect(stderr).toContain("user2@example.com was not signed in");
  });

  it.each([
    ["http://example.com/prod", "Expected https"],
    ["ftp://127.0.0.1/", "Expected the API's URL"],
  ])("sends no token to %s", async (url, problem) => {
    const { code, stderr } = await e2e("--url", url);
    expect(code).toBe(2);
    expect(unwrapped(stderr)).toContain(problem);
  });

  it("finds the API's address in the state that SST keeps of the stage", async () => {
    const aws = clientConfig(app.urls.aws);
    const outputs = await readStageOutputs({ stage: "local", local: true, aws });
    const stack = app.graph.find(({ type }) => type === "pulumi:pulumi:Stack");
    expect(outputs).toEqual(stack?.outputs);
    expect(outputs["apiUrl"]).toMatch(
      /^https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/local/,
    );
    await expect(readStageOutputs({ stage: "gone", local: true, aws })).rejects.toThrow(
      'SST knows no stage "gone"',
    );
  });
});

describe("the matrix, over an API that is broken", () => {
  const allowed = ALLOWED * routeRows.length;
  const answers: Record<string, Answer> = {
    "lets everybody in": ({ response }) => [200, response.example],
    "lets nobody in": () => [401, {}],
    "responds in another form": ({ response }, authorization) =>
      authorization?.includes("token-") === true
        ? [200, { ...response.example, more: true }]
        : [401, {}],
  };

  it.each([
    ["lets everybody in", calls - allowed],
    ["lets nobody in", allowed],
    ["responds in another form", userPools.length * allowed],
  ] as const)("counts what is wrong in one that %s", async (fault, wrong) => {
    const api = await startApi(answers[fault]);
    const found = await runMatrix({ url: api.url, tokens });
    await api.stop();
    expect(found).toHaveLength(calls);
    expect(found.filter(({ passed }) => !passed)).toHaveLength(wrong);
  });

  it("sends an API key with every call where it is given one", async () => {
    const keys: unknown[] = [];
    const api = await startApi((_, __, headers) => {
      keys.push(headers["x-api-key"]);
      return [401, {}];
    });
    await runMatrix({ url: api.url, tokens, apiKey: "key-1" });
    await api.stop();
    expect(keys).toEqual(Array(calls).fill("key-1"));
  });

  it("is not looked at further when the first call has no answer: it names the address and the reason", async () => {
    const api = await startApi(answers["lets nobody in"]);
    await api.stop();
    const matrix = runMatrix({ url: api.url, tokens });
    await expect(matrix).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(/^No API answers at http:\S+ \(.*ECONNREFUSED.*--url <url>$/),
    });
  });

  it("has a row with the reason for a later call that has no answer", async () => {
    const api = await startApi((_, authorization) =>
      authorization?.endsWith("token-1") === true ? undefined : [401, {}],
    );
    const found = await runMatrix({ url: api.url, tokens });
    await api.stop();
    expect(found).toHaveLength(calls);
    expect(found.filter((row) => row.found.startsWith("fetch failed: "))).toHaveLength(
      2 * routeRows.length,
    );
  });
});

/** Undefined to close the connection without an answer. */
type Answer = (
  row: RouteRow,
  authorization: string | undefined,
  headers: IncomingHttpHeaders,
) => [number, unknown] | undefined;

async function startApi(answer: Answer | undefined) {
  const server = createServer((request, response) => {
    const row = routeRows.find(
      (one) =>
        one.method === request.method &&
        exampleRequest("http://a", one).url === `http://a${request.url}`,
    );
    const answered = row && answer?.(row, request.headers.authorization, request.headers);
    if (answered === undefined) {
      request.destroy();
      return;
    }
    const [status, body] = answered;
    request.resume().on("end", () => response.writeHead(status).end(JSON.stringify(body)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
