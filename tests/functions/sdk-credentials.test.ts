/** Where the bundled functions get their AWS credentials from. */
import { afterEach, expect, test, vi } from "vitest";
import {
  defaultProvider,
  NoCredentialsError,
} from "../../packages/functions/src/sdk-stand-ins/credentials.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The credentials when the environment holds these. */
function credentialsFrom(variables: Record<string, string | undefined>) {
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  const all = { ...none, AWS_SESSION_TOKEN: undefined, ...variables };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  return defaultProvider()();
}

const key = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "hunter2" };

test("a role's credentials are read with their session token", async () => {
  expect(await credentialsFrom({ ...key, AWS_SESSION_TOKEN: "token" })).toEqual({
    accessKeyId: "id",
    secretAccessKey: "hunter2",
    sessionToken: "token",
  });
});

test("a key without a session token is read", async () => {
  expect(await credentialsFrom(key)).toEqual({ accessKeyId: "id", secretAccessKey: "hunter2" });
});

test.each(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])(
  "without %s there are none, and nothing else is asked",
  async (name) => {
    const variables = { ...key, [name]: "", AWS_PROFILE: "default" };
    const failure: unknown = await credentialsFrom(variables).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoCredentialsError);
    expect(String(failure)).not.toContain("hunter2");
  },
);
