/** The external function's environment, variable by variable. */
import { expect, test } from "vitest";
import { ConfigError, loadConfig } from "../../packages/functions/src/config.ts";
import { config, variables as right } from "./set-up-app.ts";

const { userPools } = config;
const { 1: auth1, 2: auth2 } = userPools;

/** What loading says about the right environment with changes. */
function complaint(changes: Record<string, string | undefined>): string {
  try {
    loadConfig({ ...right, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "";
}

test("a right environment is read, by default with 300 seconds to live", () => {
  expect(loadConfig({ ...right, PATH: "/usr/bin" })).toEqual({
    topicSecretId: "topic-secret",
    secretTtlSeconds: 300,
    userPools,
  });
});

test.each([
  ["1", 1],
  ["60", 60],
  ["86400", 86_400],
])("SECRET_TTL_SECONDS %s is read", (text, secretTtlSeconds) => {
  expect(loadConfig({ ...right, SECRET_TTL_SECONDS: text })).toMatchObject({
    secretTtlSeconds,
  });
});

test.each(["", " ", "0", "86401", "-1", "1.5", "1e3", "0x10", " 60", "60s", "NaN", "٦٠"])(
  "SECRET_TTL_SECONDS %j is refused",
  (text) => {
    expect(complaint({ SECRET_TTL_SECONDS: text })).toBe(
      "SECRET_TTL_SECONDS must be a whole number of seconds from 1 to 86400, or not be set.",
    );
  },
);

test.each([undefined, "", "  "])("TOPIC_SECRET_ID %j is refused", (text) => {
  expect(complaint({ TOPIC_SECRET_ID: text })).toBe(
    "TOPIC_SECRET_ID must be the name or the ARN of the secret that holds TOPIC_ARN.",
  );
});

const wrongUserPools = `USER_POOLS must be JSON with exactly the keys ${Object.keys(userPools).join(" and ")}, each holding a userPoolId, a clientId and the user pool's jwks.`;
const [key] = auth1.jwks.keys;

test.each(["", "{", undefined])("a USER_POOLS of %j is refused", (text) => {
  expect(complaint({ USER_POOLS: text })).toBe(wrongUserPools);
});

test.each<[string, object | null]>([
  ["is null", null],
  ["is a list", []],
  ["lacks a pool", { 1: auth1 }],
  ["has a pool too many", { ...userPools, 0: auth2 }],
  ["has a pool id of another shape", { ...userPools, 1: { ...auth1, userPoolId: "x" } }],
  ["has an empty client id", { ...userPools, 1: { ...auth1, clientId: "" } }],
  ["has a null client id", { ...userPools, 2: { ...auth2, clientId: null } }],
  ["has a setting too many", { ...userPools, 2: { ...auth2, tokenUse: null } }],
  ["has no keys", { ...userPools, 1: { ...auth1, jwks: { keys: [] } } }],
  ["lacks the keys", { ...userPools, 1: { ...auth1, jwks: undefined } }],
  [
    "has a key of no algorithm",
    { ...userPools, 1: { ...auth1, jwks: { keys: [{ ...key, alg: undefined }] } } },
  ],
  [
    "has a symmetric key",
    { ...userPools, 1: { ...auth1, jwks: { keys: [{ kty: "oct", k: "c2VjcmV0" }] } } },
  ],
])("a USER_POOLS that %s is refused", (_, value) => {
  expect(complaint({ USER_POOLS: JSON.stringify(value) })).toBe(wrongUserPools);
});

test("every wrong variable is named once and no value is repeated", () => {
  const message = complaint({
    TOPIC_SECRET_ID: "",
    USER_POOLS: JSON.stringify({ "/hunter2": { clientId: "hunter2" } }),
    SECRET_TTL_SECONDS: "hunter2",
  });
  expect(message.match(/TOPIC_SECRET_ID|USER_POOLS|SECRET_TTL_SECONDS/g)).toEqual([
    "TOPIC_SECRET_ID",
    "USER_POOLS",
    "SECRET_TTL_SECONDS",
  ]);
  expect(message).not.toContain("hunter2");
});

test.each(["https://app.example.com:8443", "http://localhost:8080", "http://localhost"])(
  "CORS_ORIGIN is read when a stage names one: %s",
  (corsOrigin) => {
    expect(loadConfig({ ...right, CORS_ORIGIN: corsOrigin })).toMatchObject({ corsOrigin });
  },
);

test.each([
  "",
  "*",
  "http://app.example.com",
  "https://app.example.com/",
  "https://a b",
  "https://-",
  "http://localhost.example.com",
  "http://localhost:8080/",
  "http://127.0.0.1:8080",
])("CORS_ORIGIN %j is refused", (text) => {
  expect(complaint({ CORS_ORIGIN: text })).toBe(
    "CORS_ORIGIN must be one exact https origin, such as https://app.example.com, or in stage local http://localhost:PORT, or not be set.",
  );
});
