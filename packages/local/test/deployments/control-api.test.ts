/** The engine protocol: only with the run's token. */
import { describe, expect, it } from "vitest";
import { createControlApi } from "../../src/deployments/control-api.ts";
import { createDeployments } from "../../src/deployments/deployments.ts";

const token = "t".repeat(40);
const api = createControlApi(
  createDeployments([], () => ({ region: "us-east-1" })),
  token,
);

function post(path: string, body: unknown, authorization?: string) {
  return api.request(path, {
    method: "POST",
    body: JSON.stringify(body),
    ...(authorization ? { headers: { authorization } } : {}),
  });
}

describe("the control API", () => {
  it.each([undefined, "Bearer wrong", `Basic ${token}`])("answers 401 to %s", async (given) => {
    expect((await post("/begin", { stage: "b" }, given)).status).toBe(401);
  });

  it("answers a failure with its message", async () => {
    const response = await post(
      "/resources",
      {
        urn: "u",
        type: "aws:x",
        name: "n",
        parent: "",
        custom: true,
        ignoreChanges: [],
        dependencies: {},
        dependsOn: [],
        inputs: {},
      },
      `Bearer ${token}`,
    );
    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toEqual({
      message: expect.stringContaining("does not support resources of type aws:x"),
    });
  });

  it("answers a call for data", async () => {
    const response = await post("/invokes", { token: "any", inputs: {} }, `Bearer ${token}`);
    await expect(response.json()).resolves.toEqual({ region: "us-east-1" });
  });
});
