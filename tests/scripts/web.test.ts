/** What `npm run web` serves: the page's files, its configuration and nothing else, to this machine. */
import fs from "node:fs";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { greetRequest, routeRows, userPools } from "@secure-lambda/functions/contract";
import { listen, type Listener } from "@secure-lambda/local/listen";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { webConfig } from "../../scripts/web/config.ts";
import { refusalOf } from "../../scripts/web/refusal.ts";
import { servePage } from "../../scripts/web/serve.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";

const outputs = Object.fromEntries(
  userPools.flatMap((number) => [
    [`userPool${number}`, `us-east-1_${number}`],
    [`userPoolClient${number}`, `client-${number}`],
    [`loginUrl${number}`, `https://app-${number}.auth.us-east-1.amazoncognito.com`],
  ]),
);
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const local = {
  stage: "local",
  local: true,
  aws: { region: "us-east-1", endpoint: "http://127.0.0.1:4566", credentials },
};
const deployed = { stage: "prod", local: false, aws: { region: "us-east-1" } };
const onAws = webConfig(deployed, "https://a.execute-api.us-east-1.amazonaws.com/prod/", outputs);
const onLocal = webConfig(local, "http://127.0.0.1:3000", outputs);

/** The first route of each pool that takes a name. */
const greetings = new Map(
  routeRows
    .filter(({ request: { json } }) => json === greetRequest)
    .toReversed()
    .map((row) => [row.userPool, row]),
);

describe("the configuration", () => {
  it("has each pool whose users can send a name, with its client, its login page and a route", () => {
    expect(onAws).toEqual({
      apiUrl: "https://a.execute-api.us-east-1.amazonaws.com/prod",
      pools: [...greetings]
        .toSorted(([a], [b]) => a - b)
        .map(([number, { method, path }]) => ({
          number,
          clientId: `client-${number}`,
          loginUrl: `https://app-${number}.auth.us-east-1.amazoncognito.com`,
          route: { method, path, example: greetRequest.example },
        })),
    });
  });

  it("has the login pages of the local cloud", () => {
    expect(onLocal.apiUrl).toBe("http://127.0.0.1:3000");
    for (const { number, loginUrl } of onLocal.pools) {
      expect(loginUrl).toBe(`http://127.0.0.1:4566/_local/login/app-${number}`);
    }
  });

  it.each([
    ["userPoolClient1", "npm run deploy -- --stage prod"],
    ["loginUrl1", "Stage prod has no login pages: name the page in its callbackUrls"],
  ])("is not made without the output %s", (name, message) => {
    const { [name]: _, ...others } = outputs;
    expect(() => webConfig(deployed, onAws.apiUrl, others)).toThrow(message);
  });
});

describe("the server", () => {
  let page: Listener;
  beforeAll(async () => {
    page = await listen(servePage("examples/web", onLocal), 0);
  });
  afterAll(() => page?.close());

  /** A request whose path and headers are sent as they are, which `fetch` would not. */
  async function get(path: string, { host = "localhost", method = "GET" } = {}) {
    const { port } = page;
    const sent = request({
      host: "127.0.0.1",
      port,
      path,
      method,
      headers: { host: `${host}:${port}` },
    });
    sent.end();
    const [response] = z.tuple([z.custom<IncomingMessage>()]).parse(await once(sent, "response"));
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  }

  it.each([
    ["/", "index.html", "text/html; charset=utf-8"],
    ["/?code=a&state=b", "index.html", "text/html; charset=utf-8"],
    ["/index.html", "index.html", "text/html; charset=utf-8"],
    ["/app.js", "app.js", "text/javascript; charset=utf-8"],
    ["/sign-in-by-login-page.js", "sign-in-by-login-page.js", "text/javascript; charset=utf-8"],
    ["/style.css", "style.css", "text/css; charset=utf-8"],
  ])("serves %s: %s", async (path, file, type) => {
    const { status, headers, body } = await get(path);
    expect({ status, type: headers["content-type"] }).toEqual({ status: 200, type });
    expect(body).toBe(fs.readFileSync(`examples/web/${file}`, "utf8"));
  });

  it("serves every file that the page loads", async () => {
    const files = fs.readdirSync("examples/web").filter((name) => /\.(?:html|js)$/.test(name));
    const texts = files.map((name) => fs.readFileSync(`examples/web/${name}`, "utf8"));
    const loaded = texts.flatMap((file) =>
      [...file.matchAll(/(?:from "\.\/|(?:src|href)=")([^"]+)"/g)].map(([, name]) => name),
    );
    expect(loaded.length).toBeGreaterThan(5);
    for (const name of loaded) expect([name, (await get(`/${name}`)).status]).toEqual([name, 200]);
  });

  it("serves the configuration", async () => {
    const { headers, body } = await get("/config.json");
    expect(headers["content-type"]).toMatch(/^application\/json/);
    expect(JSON.parse(body)).toEqual(onLocal);
  });

  it("lets the page load only itself, and call only its stage", async () => {
    for (const path of ["/", "/app.js", "/config.json", "/gone"]) {
      const { headers } = await get(path);
      expect(headers).toMatchObject({
        "content-security-policy": [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "connect-src 'self' http://127.0.0.1:3000 http://127.0.0.1:4566",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'",
        ].join("; "),
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
    }
  });

  it("lets a page on AWS call the API and the login pages, not Cognito's other API", async () => {
    const { headers } = await servePage("examples/web", onAws)(new Request("http://localhost/"));
    const [, hosts] =
      /connect-src ([^;]*)/.exec(headers.get("content-security-policy") ?? "") ?? [];
    expect(hosts?.split(" ")).toEqual([
      "'self'",
      "https://a.execute-api.us-east-1.amazonaws.com",
      ...onAws.pools.map(({ loginUrl }) => loginUrl),
    ]);
  });

  it.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/%2e%2e/package.json",
    "/..%5cpackage.json",
    "/../web/app.js/../../package.json",
    "//etc/passwd",
    "/examples/web/app.js",
    "/./README.md",
    "/README.md",
    "/tsconfig.json",
    "/app.js%00.html",
    "/app.js/",
    "/APP.JS",
    "/.js",
    "/__proto__",
    "/gone.js",
    "/favicon.ico",
  ])("serves no other file: %s", async (path) => {
    const { status, body } = await get(path);
    expect({ status, body }).toEqual({ status: 404, body: "There is no such file.\n" });
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("takes no %s", async (method) => {
    const { status, headers } = await get("/", { method });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: "GET, HEAD" });
  });

  it("answers HEAD without a body", async () => {
    expect(await get("/app.js", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example"])(
    "rejects the name %s, to which a web page may have pointed this address",
    async (host) => {
      expect((await get("/config.json", { host })).status).toBe(403);
    },
  );

  it("leads from the address to the name, which is the origin that the stage names", async () => {
    const { status, headers } = await get("/?a=b", { host: "127.0.0.1" });
    expect({ status, location: headers.location }).toEqual({
      status: 307,
      location: `http://localhost:${page.port}/?a=b`,
    });
  });
});

describe("a page at an origin that the stage does not name", () => {
  it("is none at the default port of stage local", () => {
    expect(refusalOf("local", settingsFor("local"), "http://localhost:8080")).toBeUndefined();
  });

  it.each([
    ["local", "http://localhost:8080", "Use the port that it names, or name this one there."],
    ["prod", "https://app.example.com", "at an https origin that it names."],
    ["prod", undefined, "names no web origin"],
  ])("of stage %s, which names %s, is told what would be right", (stage, corsOrigin, right) => {
    const refusal = refusalOf(stage, { corsOrigin }, "http://localhost:9000");
    expect(refusal).toContain("at http://localhost:9000");
    expect(refusal).toContain(corsOrigin ?? "no web origin");
    expect(refusal).toContain(right);
  });
});
