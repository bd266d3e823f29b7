/** What a deployment of the API contains of what the program has removed, and where that is known from. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLastDeployment } from "../../stacks/api/last-deployment.ts";
import { removedParts } from "../../stacks/api/snapshot-parts.ts";

const part = (type: string, inputs: Record<string, unknown> = { restApi: "api" }, name = "It") => ({
  urn: `urn:pulumi:ada::app::aws:apigateway/${type}::${name}`,
  type: `aws:apigateway/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`,
  name,
  inputs,
});

const now = [part("RestApi", {}), part("Method", { restApi: "api" }, "Kept")];

describe("of what the last deployment left", () => {
  it.each([
    part("Method"),
    part("Integration"),
    part("MethodResponse"),
    part("IntegrationResponse"),
    part("Response", { restApiId: "api" }),
    part("RestApiPolicy", { restApiId: "api" }),
    part("SomethingNew", { restApiId: "api" }),
  ])("a removed $type is still served", (removed) => {
    expect(removedParts([...now, removed], now)).toEqual([`${removed.type.split(":")[2]} It`]);
  });

  it.each([
    ["a part that is registered again", part("Method", { restApi: "api" }, "Kept")],
    ["what only a method makes effective", part("Authorizer")],
    ["what only a method makes effective", part("RequestValidator")],
    ["what only a method makes effective", part("Model")],
    ["a path without methods", part("Resource")],
    ["a deployment", part("Deployment")],
    ["a setting of the stage, which holds at once", part("MethodSettings")],
    ["what belongs to the account", part("UsagePlan", {})],
    ["a part of another API", part("Method", { restApi: "another" })],
    ["an API", part("RestApi", {}, "Another")],
  ])("not: %s", (_, standing) => {
    expect(removedParts([...now, standing], now)).toEqual([]);
  });
});

describe("the last deployment", () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "last deployment #1 "));
    fs.mkdirSync(path.join(folder, ".pulumi/stacks/app"), { recursive: true });
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const read = (stage: string, checkpoint?: object) => {
    const file = path.join(folder, ".pulumi/stacks/app", `${stage}.json`);
    if (checkpoint) fs.writeFileSync(file, JSON.stringify({ version: 3, checkpoint }));
    return readLastDeployment({ PULUMI_BACKEND_URL: `file://${folder}` }, { app: "app", stage });
  };

  it("is read from Pulumi's state", () => {
    const { urn, type, inputs } = part("Method");
    const resources = [{ urn, custom: true, id: "id", type, inputs, outputs: {} }];
    expect(read("ada", { latest: { resources } })).toEqual([part("Method")]);
  });

  it.each([{ latest: null }, { latest: { manifest: {} } }, {}])(
    "of a new stage is empty: %j",
    (checkpoint) => {
      expect(read("new", checkpoint)).toEqual([]);
    },
  );

  it("must be there: without it, nobody knows what was removed", () => {
    expect(() => read("gone")).toThrow("The state of the last deployment is not in");
    expect(() => readLastDeployment({}, { app: "app", stage: "ada" })).toThrow(
      "PULUMI_BACKEND_URL",
    );
  });
});
