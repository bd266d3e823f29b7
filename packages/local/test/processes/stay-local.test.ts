/** A process under the local cloud finds it in AWS's place, and AWS nowhere. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listenAsAws } from "../../src/aws-listener.ts";
import { listen, type Listener } from "../../src/http/listen.ts";
import { evaluate } from "./evaluate.ts";

const keys = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc/.well-known/jwks.json";
const login = "app.auth.us-east-1.amazoncognito.com";
const api = "abc.execute-api.us-east-1.amazonaws.com/prod/lambda1";

/** What processes do, and what they get: a text, or a pattern that the error's message has. */
const redirected = {
  "by fetch": [`body(await fetch("https://${keys}"))`, `aws GET https://${keys}`],
  "at a domain of login pages": [
    `body(await fetch("https://${login}/oauth2/userInfo"))`,
    `login GET https://${login}/app/oauth2/userInfo`,
  ],
  "by https.get": [`get(https.get, "https://${keys}")`, `aws GET https://${keys}`],
  "by an imported request": [`get(request, "https://${keys}")`, `aws GET https://${keys}`],
  "by an agent": [`get(https.get, "https://${keys}", { agent })`, `aws GET https://${keys}`],
  "by an agent with a secure context of its own": [
    `get(https.get, "https://${keys}", { agent: new https.Agent({ secureContext: tls.createSecureContext() }) })`,
    `aws GET https://${keys}`,
  ],
  "by tls.connect with options": [
    `reach(tls.connect({ host: "sts.amazonaws.com", port: 443 }))`,
    "sts.amazonaws.com",
  ],
  "by tls.connect with a port and a host": [
    `reach(tls.connect(443, "sts.amazonaws.com"))`,
    "sts.amazonaws.com",
  ],
  "by an imported connect with options at the end": [
    `reach(connect(443, "sts.amazonaws.com", { ALPNProtocols: ["http/1.1"] }))`,
    "sts.amazonaws.com",
  ],
  "by an address, with its name for TLS": [
    `reach(tls.connect({ host: "192.0.2.1", port: 443, servername: "sts.amazonaws.com" }))`,
    "sts.amazonaws.com",
  ],
  "over a connection that is open, as to a proxy": [
    `reach(tls.connect({ socket: net.connect(port, "127.0.0.1"), servername: "sts.amazonaws.com" }))`,
    "sts.amazonaws.com",
  ],
  "by the path of a socket, with its name for TLS": [
    `reach(tls.connect({ path: "/nowhere", servername: "sts.amazonaws.com" }))`,
    "sts.amazonaws.com",
  ],
  "by a look-up of its own": [
    `reach(tls.connect({ host: "sts.amazonaws.com", port: 443, lookup: () => { throw new Error("asked"); } }))`,
    "sts.amazonaws.com",
  ],
  "in a thread": [`inThread("https://${keys}")`, `aws GET https://${keys}`],
  "in a thread of a thread": [`inThread("https://${keys}", 2)`, `aws GET https://${keys}`],
  "in a thread with options of its own": [
    `inThread("https://${keys}", 1, { execArgv: [] })`,
    `aws GET https://${keys}`,
  ],
  "in a process by spawn": [
    `output(spawn(node, ["-e", print], { env: {} }))`,
    `aws GET https://${keys}`,
  ],
  "in a process by fork": [
    `output(fork(file, { silent: true, execArgv: [] }))`,
    `aws GET https://${keys}`,
  ],
  "in a process by exec": [`output(exec(node + " " + file))`, `aws GET https://${keys}`],
  "in a process by execFile, started by a process": [
    `output(execFile(node, [file, file]))`,
    `aws GET https://${keys}`,
  ],
  "in a process by spawnSync": [
    `String(spawnSync(node, ["-e", print]).stdout)`,
    `aws GET https://${keys}`,
  ],
  "in a process by execSync": [
    `String(execSync(node + " " + file, { env: { NODE_OPTIONS: "--no-warnings" } }))`,
    `aws GET https://${keys}`,
  ],
  "in a process by execFileSync": [
    `String(execFileSync(node, [file], undefined))`,
    `aws GET https://${keys}`,
  ],
  "and at the API, by an API's host name": [
    `body(await fetch("https://${api}"))`,
    `api GET https://${api}`,
  ],
} as const;
const refused = {
  "plain HTTP": [`fetch("http://s3.amazonaws.com/")`, "s3.amazonaws.com"],
  "plain HTTP/2": [`session("http://s3.amazonaws.com")`, "s3.amazonaws.com"],
  "a dual-stack name": [`get(http.get, "http://s3.us-east-1.api.aws/")`, "s3.us-east-1.api.aws"],
  "a name in capitals": [`get(http.get, { host: "STS.AMAZONAWS.COM" })`, "STS.AMAZONAWS.COM"],
  "the sign-in page": [`fetch("http://signin.aws.amazon.com/")`, "signin.aws.amazon.com"],
  "a socket": [`reach(net.connect(80, "sts.amazonaws.com"))`, "sts.amazonaws.com"],
  "a socket that was there before": [
    `reach(new net.Socket().connect({ port: 80, host: "sts.amazonaws.com" }))`,
    "sts.amazonaws.com",
  ],
  "a TLS socket without tls.connect": [
    `reach(new tls.TLSSocket().connect(443, "sts.amazonaws.com"))`,
    "sts.amazonaws.com",
  ],
  "a datagram": [`datagram("sts.amazonaws.com")`, "sts.amazonaws.com"],
  "a look-up": [`promisify(dns.lookup)("sts.amazonaws.com")`, "sts.amazonaws.com"],
  "an imported look-up": [`promisify(resolve4)("sts.amazonaws.com")`, "sts.amazonaws.com"],
  "a look-up that promises": [`dns.promises.resolveAny("s3.amazonaws.com")`, "s3.amazonaws.com"],
  "a look-up by a resolver": [
    `promisify((...args) => new dns.Resolver().resolve(...args))("s3.amazonaws.com", "A")`,
    "s3.amazonaws.com",
  ],
  "a look-up by a resolver that promises": [
    `new Resolver().resolve6("s3.amazonaws.com")`,
    "s3.amazonaws.com",
  ],
  "an instance's metadata": [`fetch("http://169.254.169.254/latest/")`, "169.254.169.254"],
  "an instance's metadata, mapped to IPv6": [
    `reach(net.connect(80, "::ffff:169.254.169.254"))`,
    "::ffff:169.254.169.254",
  ],
  "an instance's metadata by IPv6": [`reach(net.connect(80, "fd00:ec2::254"))`, "fd00:ec2::254"],
  "a container's credentials": [`fetch("http://169.254.170.2/v2/")`, "169.254.170.2"],
} as const;

let folder: string;
let aws: Awaited<ReturnType<typeof listenAsAws>>;
let elsewhere: Listener;
let results: ReadonlyMap<string, unknown>;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "stay-local-"));
  aws = await listenAsAws({
    api: answerAs("api"),
    aws: answerAs("aws"),
    login: answerAs("login"),
    folder,
  });
  elsewhere = await listen(() => new Response("elsewhere"), 0);
  results = await evaluate(
    [
      ...Object.values({ ...redirected, ...refused }).map(([expression]) => expression),
      ...leftAlone,
    ],
    { folder, url: `https://${keys}`, variables: aws.variables, elsewhere },
  );
});
afterAll(async () => {
  await aws.close();
  await elsewhere.close();
  fs.rmSync(folder, { recursive: true });
});
const answerAs = (part: string) => async (request: Request) =>
  new Response(`${part} ${request.method} ${request.url}`);
const variables = "JSON.stringify(Object.keys(process.env))";
const leftAlone = [
  `body(await fetch(elsewhere))`,
  `(await dns.promises.lookup("localhost", { family: 4 })).address`,
  `promisify(dns.lookup)("localhost", { family: 4 }).then(({ address }) => address)`,
  variables,
  `output(spawn(node, ["-p", ${JSON.stringify(variables)}], { env: {} }))`,
  `output(spawn(node, ["-p", "process.env.NODE_OPTIONS"], { env: { NODE_OPTIONS: "--no-warnings" } }))`,
  `reach(net.connect({ port: 80, host: "a name", lookup: (_host, _options, found) => found(null, [{ address: "169.254.169.254", family: 4 }]) }))`,
];

describe("a connection to AWS over TLS ends at the local cloud", () => {
  it.each(Object.entries(redirected))("%s", (_, [expression, expected]) => {
    expect(results.get(expression)).toBe(expected);
  });
});

describe("anything else that would reach AWS is refused by name", () => {
  it.each(Object.entries(refused))("%s", (_, [expression, host]) => {
    const sentence = `A process under the local cloud may not connect to ${host}.`;
    expect(results.get(expression)).toBe(sentence);
  });
});

it("lets other hosts be, and leaves nothing in the environment, of children neither", () => {
  expect(leftAlone.map((expression) => results.get(expression))).toEqual([
    "elsewhere",
    "127.0.0.1",
    "127.0.0.1",
    "[]",
    "[]",
    "--no-warnings",
    "IP(169.254.169.254) is blocked by net.BlockList",
  ]);
});
