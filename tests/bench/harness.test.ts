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
import { pool1, pool2 } from "../functions/pools.ts";

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

const routeAuthSchema = z.record(
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
  const deployed = { "/lambda1": pool1.auth, "/lambda2": pool2.auth };
  const { routeAuth, tokens } = signInUsers(JSON.stringify(deployed), 2);
  const auth = routeAuthSchema.parse(JSON.parse(routeAuth))["/lambda1"];
  if (auth === undefined) throw new Error("The route is gone.");
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
