/** The environment that a deployment gives ExternalLambda, with an endpoint where nothing listens. */
import { vi } from "vitest";
import { variables } from "./set-up-app.ts";

/** Sets its variables, with changes, until `vi.unstubAllEnvs`. */
export function stubEnvironment(changes: Record<string, string | undefined> = {}): void {
  const complete = {
    ...variables,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    ...changes,
  };
  for (const [name, value] of Object.entries(complete)) vi.stubEnv(name, value);
}
