/** The harness's own HTTP messages, tokens and checks. */
import { PassThrough } from "node:stream";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { expect, test } from "vitest";
import * as z from "zod";
import { proxyIntegration, nonProxyIntegration } from "../../bench/rows/request-adapter.ts";
import { signInUsers } from "../../bench/fixture/user-pools.ts";
import {
  headerOf,
  readMessages,
  writeMessage,
  type HttpMessage,
} from "../../bench/harness/http-messages.ts";
import { pool1 } from "../functions/pools.ts";
import { variables } from "../functions/set-up-app.ts";

function messagesIn(chunks: readonly Buffer[]): readonly HttpMessage[] {
  const messages: HttpMessage[] = [];
  const stream = new PassThrough();
  readMessages(stream, (message) => messages.push(message));
  for (const chunk of chunks) stream.emit("data", chunk);
  return messages;
}

test("messages are read whole, wherever the network cuts them", () => {
  const sent = Buffer.from(
    writeMessage("POST /a HTTP/1.1", { "X-CPU-us": 12 }, "Zoë") +
      writeMessage("GET /b HTTP/1.1", {}, ""),
  );
  for (let cut = 0; cut <= sent.length; cut++) {
    const messages = messagesIn([sent.subarray(0, cut), sent.subarray(cut)]);
    expect(messages.map(({ body }) => body)).toEqual(["Zoë", ""]);
    expect(headerOf(messages[0]?.head ?? "", "x-cpu-us")).toBe("12");
  }
});

test("a message that is not whole is not told of", () => {
  const sent = Buffer.from(writeMessage("POST /a HTTP/1.1", {}, "body"));
  expect(messagesIn([sent.subarray(0, -1)])).toEqual([]);
});

const poolsSchema = z.record(
  z.string(),
  z.object({
    userPoolId: z.string(),
    clientId: z.string(),
    jwks: z.object({
      keys: z.array(
        z.object({
          kid: z.string(),
          kty: z.literal("RSA"),
          alg: z.literal("RS256"),
          use: z.literal("sig"),
          n: z.string(),
          e: z.string(),
        }),
      ),
    }),
  }),
);

test("tokens are valid for the deployed pools under the harness's keys, and each is another", async () => {
  const { userPools, tokens } = signInUsers(variables.USER_POOLS, 2);
  const auth = poolsSchema.parse(JSON.parse(userPools))["1"];
  if (auth === undefined) throw new Error("The pool is gone.");
  const { userPoolId, clientId, jwks } = auth;
  expect([userPoolId, clientId]).toEqual([pool1.auth.userPoolId, pool1.auth.clientId]);
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "id" });
  verifier.cacheJwks(jwks);
  const subjects = await Promise.all(
    tokens.map(async (token) => (await verifier.verify(token)).sub),
  );
  expect(new Set(subjects).size).toBe(2);
});

const greeting = "Hello Ada. Greetings from ExternalLambda1! Message forwarded to InternalLambda.";
const reply = (statusCode: number, body: unknown) =>
  JSON.stringify({ statusCode, body: JSON.stringify(body) });

const check = (payload: string) => () => proxyIntegration.check(payload);

test("an answer counts only with the greeting and a message id", () => {
  expect(check(reply(200, { message: greeting, messageId: "1" }))).not.toThrow();
  expect(check(reply(200, { message: greeting }))).toThrow(z.ZodError);
  expect(check(reply(200, { message: "Hello Eve.", messageId: "1" }))).toThrow(z.ZodError);
  expect(check(reply(401, { message: greeting, messageId: "1" }))).toThrow(z.ZodError);
});

test("the guide's answer counts only with the greeting", () => {
  expect(() => nonProxyIntegration.check(reply(200, greeting))).not.toThrow();
  expect(() => nonProxyIntegration.check(reply(500, greeting))).toThrow(z.ZodError);
  expect(() => nonProxyIntegration.check(reply(200, "An error occured, try again later."))).toThrow(
    z.ZodError,
  );
});
