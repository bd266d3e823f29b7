/**
 * A web ACL before a user pool: unsigned operations and the login pages.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-waf.html
 * Source: https://github.com/ravenscar/franken-srp/issues/13
 */
import {
  AdminInitiateAuthCommand,
  AssociateSoftwareTokenCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { blocks, plainText, visibilityConfig } from "./web-acls.ts";
import {
  createLoginPages,
  hasCode,
  type LoginPages,
} from "../cognito/managed-login/login-pages.ts";
import {
  createInvitedUser,
  createUser,
  initiate,
  password,
  signIn,
  temporaryPassword,
} from "../cognito/pools-and-users.ts";

const email = "ada@example.com";

let aws: StartedCloud;
let pages: LoginPages;
beforeEach(async () => {
  aws = await startTestCloud();
  pages = await createLoginPages(aws);
  await createUser(aws, pages.poolId, email);
});
afterEach(() => aws.stop());

/** Puts a web ACL with one rule before the pool. */
function guard(statement: object, over: object = {}): string {
  const { arn } = aws.waf.putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [blocks(statement)],
    visibilityConfig,
    ...over,
  });
  aws.waf.associate(arn, `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pages.poolId}`);
  return arn;
}

const matches = (fieldToMatch: object, searchString: string) => ({
  byteMatchStatement: {
    fieldToMatch,
    searchString,
    positionalConstraint: "EXACTLY",
    textTransformations: plainText,
  },
});
const longerThanNothing = (fieldToMatch: object) => ({
  sizeConstraintStatement: {
    fieldToMatch,
    comparisonOperator: "GT",
    size: 0,
    textTransformations: plainText,
  },
});
const header = (name: string, value: string) => matches({ singleHeader: { name } }, value);
const signInByApi = () => initiate(aws, pages.clientId, { USERNAME: email, PASSWORD: password });
const guessToken = () => pages.token({ grant_type: "refresh_token", refresh_token: "guess" });
const limited = {
  rateBasedStatement: {
    limit: 10,
    aggregateKeyType: "IP",
    scopeDownStatement: {
      andStatement: {
        statements: [
          matches({ method: {} }, "POST"),
          longerThanNothing({ singleHeader: { name: "x-amzn-cognito-client-id" } }),
        ],
      },
    },
  },
};
const blocked = {
  name: "ForbiddenException",
  message: "Request not allowed due to WAF block.",
  $metadata: { httpStatusCode: 403 },
};

describe("a limit of sign-ins", () => {
  it("refuses one address after so many, the right password as well, on the login page too", async () => {
    guard(limited);
    for (let at = 0; at < 10; at += 1) await signInByApi();
    await expect(signInByApi()).rejects.toMatchObject(blocked);
    const { page } = await pages.signIn(email);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining("WAF block")]);
    aws.advance(300_000);
    expect((await signInByApi()).AuthenticationResult).toBeDefined();
  });

  it("counts what the login page is sent, and not who only looks at it", async () => {
    guard(limited);
    for (let at = 0; at < 20; at += 1) await pages.arrive();
    for (let at = 0; at < 10; at += 1) expect(hasCode((await pages.signIn(email)).page)).toBe(true);
    expect((await pages.signIn(email)).page.status).toBe(403);
  });

  it("counts what the token endpoint is sent", async () => {
    guard(limited);
    for (let at = 0; at < 10; at += 1) expect((await guessToken()).status).toBe(400);
    expect((await guessToken()).status).toBe(403);
  });

  it("is not the administrators'", async () => {
    guard(limited);
    for (let at = 0; at < 11; at += 1) {
      const { AuthenticationResult } = await aws.clients.cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId: pages.poolId,
          ClientId: pages.clientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: email, PASSWORD: password },
        }),
      );
      expect(AuthenticationResult).toBeDefined();
    }
  });

  it("goes before Cognito's own, and a wrong password that it refuses does not lock a user out", async () => {
    guard(limited);
    for (let at = 0; at < 10; at += 1) {
      const unknown = { USERNAME: `unknown-${at}@example.com`, PASSWORD: "x" };
      await expect(initiate(aws, pages.clientId, unknown)).rejects.toThrow("Incorrect");
    }
    for (let at = 0; at < 10; at += 1) {
      await expect(
        initiate(aws, pages.clientId, { USERNAME: email, PASSWORD: "wrong" }),
      ).rejects.toMatchObject(blocked);
    }
    aws.advance(300_000);
    expect((await signInByApi()).AuthenticationResult).toBeDefined();
  });
});

describe("a rule of a user pool", () => {
  it("matches Cognito's own headers, which no caller can set", async () => {
    guard(header("x-amzn-cognito-operation-name", "InitiateAuth"));
    await expect(signInByApi()).rejects.toMatchObject(blocked);
    const forged = { "x-amzn-cognito-operation-name": "InitiateAuth" };
    expect((await fetch(pages.address("login"), { headers: forged })).status).toBe(200);
  });

  it("matches the client of an access token", async () => {
    const { AccessToken } = await signIn(aws, pages.clientId, email);
    guard(header("x-amzn-cognito-client-id", pages.clientId));
    await expect(
      aws.clients.cognito.send(new GetUserCommand({ AccessToken })),
    ).rejects.toMatchObject(blocked);
  });

  it("is evaluated for an operation that names only a session", async () => {
    await createInvitedUser(aws, pages.poolId, "invited@example.com");
    const { Session } = await initiate(aws, pages.clientId, {
      USERNAME: "invited@example.com",
      PASSWORD: temporaryPassword,
    });
    guard(header("x-amzn-cognito-operation-name", "AssociateSoftwareToken"));
    await expect(
      aws.clients.cognito.send(new AssociateSoftwareTokenCommand({ Session })),
    ).rejects.toMatchObject(blocked);
  });

  it("sees the login pages at AWS's host name, by the path without the domain", async () => {
    const host = `${pages.domain}.auth.us-east-1.amazoncognito.com`;
    guard({
      andStatement: { statements: [header("host", host), matches({ uriPath: {} }, "/login")] },
    });
    expect((await fetch(pages.address("login"))).status).toBe(403);
    expect((await fetch(pages.address("signup"))).status).toBe(200);
  });

  it("sees nothing confidential, and no body", async () => {
    const statements = [
      header("authorization", "Basic abc"),
      header("cookie", "a=b"),
      longerThanNothing({ body: {} }),
    ];
    guard({ orStatement: { statements } });
    const headers = { authorization: "Basic abc", cookie: "a=b" };
    const form = { grant_type: "refresh_token", refresh_token: "guess" };
    expect((await pages.token(form, headers)).status).toBe(400);
    expect((await signInByApi()).AuthenticationResult).toBeDefined();
  });

  it("may answer with a response of its own", async () => {
    const customResponse = { responseCode: 405, customResponseBodyKey: "later" };
    const rules = [
      {
        ...blocks(header("x-amzn-cognito-client-id", pages.clientId)),
        action: { block: { customResponse } },
      },
    ];
    guard(
      {},
      {
        rules,
        customResponseBodies: [{ key: "later", content: "Later.", contentType: "TEXT_PLAIN" }],
      },
    );
    const page = await fetch(pages.address("login"));
    expect([page.status, await page.text()]).toEqual([405, "Later."]);
    const call = await fetch(aws.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      },
      body: JSON.stringify({ ClientId: pages.clientId }),
    });
    expect([call.status, await call.text()]).toEqual([405, "Later."]);
  });

  it("is logged by the pool", async () => {
    const messages: string[] = [];
    const arn = guard(header("x-other", "x"));
    const logDestinationConfigs = ["arn:aws:logs:us-east-1:000000000000:log-group:aws-waf-logs-a"];
    aws.waf.putLogging(arn, { logDestinationConfigs }, () => ({ message }) => {
      messages.push(message);
    });
    await signInByApi();
    expect(JSON.parse(present(messages[0]))).toMatchObject({
      httpSourceName: "COGNITOIDP",
      httpSourceId: pages.poolId,
      httpRequest: { httpMethod: "POST", uri: "/" },
    });
  });
});

it("a pool of another web ACL, or of none, is not limited by this one", async () => {
  const other = await createLoginPages(aws);
  await createUser(aws, other.poolId, email);
  guard(header("x-amzn-cognito-operation-name", "InitiateAuth"));
  expect((await signIn(aws, other.clientId, email)).AccessToken).toBeDefined();
});
