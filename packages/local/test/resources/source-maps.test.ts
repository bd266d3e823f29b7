/** Errors of functions, by their places in the sources that were built. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lambdaTrust, output } from "./declarations.ts";
import { startDeployableCloud, type Declare, type DeployableCloud } from "./deployable-cloud.ts";

let cloud: DeployableCloud;
let build: string;
beforeEach(async () => {
  cloud = await startDeployableCloud();
  build = path.join(cloud.folder, "build");
  mkdirSync(build);
});
afterEach(() => cloud.stop());

const throwing = (message: string) => `export const handler = async () => {
  const error = new Error("${message}");
  console.error(error);
  throw error;
};
//# sourceMappingURL=bundle.mjs.map`;

/** Every column of the first two lines comes from that line of a source, 0 to 15. */
function mapTo(source: string, line: number): string {
  const mappings = `AA${"ACEGIKMOQSUWYace"[line]}A;AAAA`;
  return JSON.stringify({ version: 3, sources: [source], names: [], mappings });
}

/** Uploads as SST does: the code, and the map in an object of its own. */
const greeter = (code: string, map: string | undefined) => async (declare: Declare) => {
  const zip = await cloud.zip(code);
  const sha256 = createHash("sha256").update(readFileSync(zip)).digest("hex");
  const upload = (name: string, key: string, localCloudFile: string) =>
    declare("aws:s3/bucketObjectv2:BucketObjectv2", name, {
      bucket: "assets",
      key,
      source: { localCloudFile },
    });
  await upload("Code", `${sha256}.zip`, zip);
  const role = await declare("aws:iam/role:Role", "Role", { assumeRolePolicy: lambdaTrust });
  await declare("aws:lambda/function:Function", "Greeter", {
    name: "greeter",
    role: output(role, "arn"),
    runtime: "nodejs24.x",
    handler: "bundle.handler",
    s3Bucket: "assets",
    s3Key: `${sha256}.zip`,
    loggingConfig: { logFormat: "JSON" },
  });
  if (map === undefined) return;
  const built = path.join(build, "bundle.mjs.map");
  writeFileSync(built, map);
  const logGroup = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/greeter";
  await upload("Map", `sourcemap/${logGroup}/${sha256}.bundle.mjs.map`, built);
};

/** What the function answers, and logs: its error with the places of its stack. */
async function fail(): Promise<readonly string[]> {
  const { payload } = await cloud.lambda.invoke("greeter", "{}");
  return [payload, ...cloud.logs.read("/aws/lambda/greeter").map(({ message }) => message)];
}

it("has the source's file and line in the response and in the log", async () => {
  await cloud.deploy(greeter(throwing("one"), mapTo("../src/greet.ts", 6)));
  const place = `${path.join(cloud.folder, "src", "greet.ts")}:7:1`;
  const [answer, ...lines] = await fail();
  expect(answer).toContain(place);
  expect(lines.filter((line) => line.includes('"stackTrace"'))).toEqual([
    expect.stringContaining(place),
    expect.stringContaining(place),
  ]);
});

it("is of the code that runs, whatever is built after it is deployed", async () => {
  await cloud.deploy(greeter(throwing("one"), mapTo("../src/old.ts", 6)));
  writeFileSync(path.join(build, "bundle.mjs.map"), mapTo("../src/other.ts", 1));
  expect((await fail())[0]).toContain("/src/old.ts:7:1");
  await cloud.deploy(greeter(throwing("two"), mapTo("../src/new.ts", 8)));
  rmSync(build, { recursive: true });
  expect((await fail())[0]).toContain("/src/new.ts:9:1");
});

it("has the places of the bundle where none was uploaded", async () => {
  await cloud.deploy(greeter(throwing("one"), undefined));
  expect((await fail())[0]).toMatch(/bundle\.mjs:2:\d+/);
});
