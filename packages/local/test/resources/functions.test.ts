/** Functions and who may invoke them, as their resources change. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, declareFunction, lambdaTrust, output, region } from "./declarations.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

const topic = `arn:aws:sns:${region}:${account}:names`;
const source = "export const handler = async () => process.env.GREETING ?? null;";

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

const isAllowed = (functionName: string, sourceArn = topic) =>
  cloud.lambda.isAllowed(functionName, "sns.amazonaws.com", sourceArn);

async function declarePermission(declare: Declare, of: string, sourceArn = topic): Promise<void> {
  await declare("aws:lambda/permission:Permission", "Permission", {
    statementId: "sns",
    action: "lambda:InvokeFunction",
    function: of,
    principal: "sns.amazonaws.com",
    sourceArn,
  });
}

/** What a function answers, as JSON. */
const answer = async (name: string) => (await cloud.lambda.invoke(name, "{}")).payload;

/** One function, its code under a key that changes with it. */
const greeter =
  (inputs: object, code = source) =>
  async (declare: Declare) => {
    const localCloudFile = await cloud.zip(code);
    const place = { bucket: "code", key: `${String(code.length)}.zip` };
    const object = { ...place, source: { localCloudFile } };
    await declare("aws:s3/bucketObjectv2:BucketObjectv2", "Code", object);
    const role = await declare("aws:iam/role:Role", "Role", { assumeRolePolicy: lambdaTrust });
    await declare("aws:lambda/function:Function", "Greeter", {
      role: output(role, "arn"),
      runtime: "nodejs24.x",
      handler: "bundle.handler",
      s3Bucket: place.bucket,
      s3Key: place.key,
      ...inputs,
    });
  };

describe("a function", () => {
  it("runs with its latest code and settings, and the code before is forgotten", async () => {
    await cloud.deploy(greeter({ name: "greeter" }));
    await expect(answer("greeter")).resolves.toBe("null");

    const environment = { variables: { GREETING: "hi" } };
    await cloud.deploy(greeter({ name: "greeter", environment }));
    await expect(answer("greeter")).resolves.toBe('"hi"');

    await cloud.deploy(greeter({ name: "greeter" }, "export const handler = async () => 42;"));
    await expect(answer("greeter")).resolves.toBe("42");
    expect(cloud.assets.size).toBe(1);
  });

  it("is replaced when it gets another name: the old one is gone", async () => {
    await cloud.deploy(greeter({ name: "one" }));
    await cloud.deploy(greeter({ name: "another" }));
    const { lambda } = cloud;
    expect([lambda.getFunction("one"), lambda.getFunction("another")]).toEqual([
      undefined,
      expect.anything(),
    ]);
  });

  it("is throttled by its reserved concurrency; -1 is none", async () => {
    await cloud.deploy(greeter({ name: "greeter", reservedConcurrentExecutions: 0 }));
    await expect(answer("greeter")).resolves.toContain("Rate Exceeded");
    await cloud.deploy(greeter({ name: "greeter", reservedConcurrentExecutions: -1 }));
    await expect(answer("greeter")).resolves.toBe("null");
  });
});

/** Two functions, of which SNS may invoke one. */
const permitted = (of: string, sourceArn?: string) => async (declare: Declare) => {
  for (const name of ["one", "another"]) await declareFunction(cloud, declare, { name, source });
  await declarePermission(declare, of, sourceArn);
};

describe("a permission", () => {
  it("changes its source under the id that it has", async () => {
    await cloud.deploy(permitted("one"));
    expect(isAllowed("one")).toBe(true);
    const applied = await cloud.deploy(permitted("one", `${topic}2`));
    expect(applied.get("Permission")?.id).toBe("sns");
    expect([isAllowed("one"), isAllowed("one", `${topic}2`)]).toEqual([false, true]);
  });

  it("moves from one function to another, and is taken from the first", async () => {
    await cloud.deploy(permitted("one"));
    await cloud.deploy(permitted("another"));
    expect([isAllowed("one"), isAllowed("another")]).toEqual([false, true]);
  });

  it("goes with its function, whichever of the two is removed first", async () => {
    await cloud.deploy(permitted("one"));
    cloud.lambda.deleteFunction("one");
    await expect(cloud.destroy()).resolves.toBeUndefined();
  });
});

/** How often a function runs for one event. */
const triesOf = (functionName: string) =>
  new Promise<number>((resolve) => {
    cloud.lambda.invokeAsync(functionName, "{}", {
      onOutcome: ({ invokeCount }) => resolve(invokeCount),
    });
  });

/** Two functions that fail, of which one is not to be tried again. */
const configured = (functionName: string) => async (declare: Declare) => {
  const failing = 'export const handler = async () => { throw new Error("no"); };';
  for (const name of ["one", "another"]) {
    await declareFunction(cloud, declare, { name, source: failing });
  }
  const type = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
  await declare(type, "Config", { functionName, maximumRetryAttempts: 0 });
};

describe("settings for asynchronous invocation", () => {
  it("leave a function that they are no longer for", async () => {
    await cloud.deploy(configured("one"));
    await cloud.deploy(configured("another"));
    await expect(Promise.all([triesOf("one"), triesOf("another")])).resolves.toEqual([3, 1]);
  });

  // The new settings replace those of the same function before the old ones are deleted.
  it("are lost when the same function is named by its ARN instead", async () => {
    await cloud.deploy(configured("one"));
    await cloud.deploy(configured(`arn:aws:lambda:${region}:${account}:function:one`));
    await expect(triesOf("one")).resolves.toBe(3);
  });
});
