/** A stub of an AWS account: it answers the calls by which `npm run deploy` asks what there is room for. */
import { createServer } from "node:http";
import { once } from "node:events";
import * as z from "zod";

/** An answer: a body in JSON or XML, with a status unless it is 200. */
export type Answer = readonly [status: number, body: object | string];

/** Answers by operation, such as `GetAccountSettings`; a function of the rest of a path. */
export type Answers = Readonly<Record<string, Answer | ((resource: string) => Answer)>>;

/** A running stub. */
export interface AccountStub {
  readonly url: string;
  /** The operations that were called, in order. */
  readonly calls: readonly string[];
  readonly stop: () => Promise<void>;
}

/** An error of a service that speaks JSON. */
export const failure = (status: number, __type: string, message = "No."): Answer => [
  status,
  { __type, message, Message: message },
];

/** An error of a service that speaks XML. */
export const xmlFailure = (status: number, code: string): Answer => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>No</Message></Error></ErrorResponse>`,
];

/** The stub's account. */
export const account = "111122223333";

/** Lambda's limit of executions, and how many no function has reserved. */
export const concurrency = (limit: number, unreserved: number): Answer => [
  200,
  {
    AccountLimit: {
      ConcurrentExecutions: limit,
      UnreservedConcurrentExecutions: unreserved,
    },
  },
];

/** A function or a secret that is not there. */
export const absent = failure(404, "ResourceNotFoundException");

/** An account with room, in which SST has deployed nothing. */
export const accountWithRoom: Answers = {
  GetAccountSettings: concurrency(1_000, 1_000),
  GetFunctionConcurrency: absent,
  GetAccount: [200, { cloudwatchRoleArn: `arn:aws:iam::${account}:role/logs` }],
  DescribeResourcePolicies: [200, { resourcePolicies: [] }],
  GetParameter: failure(400, "ParameterNotFound"),
  GetRole: xmlFailure(404, "NoSuchEntity"),
  DescribeSecret: failure(400, "ResourceNotFoundException"),
  DescribeUserPoolDomain: [200, { DomainDescription: {} }],
  DescribeLogGroups: [200, { logGroups: [] }],
  GetCallerIdentity: [
    200,
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  ],
};

/** An account in which SST has deployed these resources of the stage. */
export const deployed = (...resources: object[]): Answers => ({
  GetParameter: [200, { Parameter: { Value: JSON.stringify({ state: "bucket" }) } }],
  GetObject: [200, { checkpoint: { latest: { resources } } }],
});

/** What clients need to call a stub. */
export const stubClients = ({ url }: AccountStub) => ({
  region: "us-east-1",
  endpoint: url,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
});

/** Starts a stub on a free port of 127.0.0.1; an operation without an answer is answered with 501. */
export async function startAccountStub(answers: Answers): Promise<AccountStub> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      const target = z.string().default("").parse(request.headers["x-amz-target"]);
      const { authorization = "" } = request.headers;
      const [operation, resource] = operationOf(target, request.url ?? "", text, authorization);
      calls.push(operation);
      const found = answers[operation] ?? failure(501, "NoAnswer", operation);
      const [status, body] = typeof found === "function" ? found(resource) : found;
      const { __type: code = "" } = errorSchema.safeParse(body).data ?? {};
      if (code !== "") response.setHeader("x-amzn-errortype", code);
      response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const errorSchema = z.object({ __type: z.string() });

/** The operation of a request, and what it is about. */
function operationOf(
  target: string,
  url: string,
  body: string,
  authorization: string,
): [operation: string, resource: string] {
  if (target !== "") return [target.split(".").at(-1) ?? "", body];
  const [, action] = /(?:^|&)Action=(\w+)/.exec(body) ?? [];
  if (action !== undefined) return [action, body];
  const path = url.split("?")[0] ?? "";
  if (path.endsWith("/account-settings") || path.endsWith("/account-settings/")) {
    return ["GetAccountSettings", ""];
  }
  const [, ofMail] = /^\/v2\/email\/(.+)$/.exec(path) ?? [];
  if (ofMail !== undefined) return operationOfMail(ofMail, authorization);
  const [, name] = /\/functions\/([^/]+)\/concurrency$/.exec(path) ?? [];
  if (name !== undefined) return ["GetFunctionConcurrency", name];
  return path === "/account" ? ["GetAccount", ""] : ["GetObject", path];
}

/** An operation of SES, in the Region that the request is signed for: API Gateway has a `GetAccount` too. */
function operationOfMail(path: string, authorization: string): [string, string] {
  const [, region = ""] = /Credential=[^/]+\/\d+\/([^/]+)/.exec(authorization) ?? [];
  const [, identity] = /^identities\/([^/]+)$/.exec(path) ?? [];
  return identity === undefined
    ? ["ses:GetAccount", region]
    : ["ses:GetEmailIdentity", `${region}/${decodeURIComponent(identity)}`];
}
