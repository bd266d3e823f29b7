/** Functions that change or go away while they are used. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { strToU8, zipSync } from "fflate";
import { isAlive } from "./processes.ts";
import { answerOf, settingsOf, startLambda, type TestLambda } from "./lambda-harness.ts";

let cloud: TestLambda;

beforeEach(async () => {
  cloud = await startLambda();
});
afterEach(() => cloud.stop());

const answering = (value: string): string =>
  `export const handler = async () => [${JSON.stringify(value)}, process.env.STAGE, process.pid];`;
const WAITING = `
  export const handler = async () => {
    await fetch(process.env.AWS_ENDPOINT_URL + "/handler");
    return "old";
  };
`;

test("new code answers from the next invocation on", async () => {
  const arn = await cloud.put(answering("old"));
  expect(await answerOf(cloud.lambda, arn)).toMatchObject({ 0: "old" });

  await cloud.put(answering("new"));

  expect(await answerOf(cloud.lambda, arn)).toMatchObject({ 0: "new" });
});

test("functions are listed by name, as they stand", async () => {
  await cloud.put(answering("b"), { name: "B" });
  await cloud.put(answering("a"), { name: "A" });
  const names = () => cloud.lambda.listFunctions().map(({ version }) => version.settings.name);
  expect(names()).toEqual(["A", "B"]);
  cloud.lambda.deleteFunction("A");
  expect(names()).toEqual(["B"]);
});

test("a changed variable restarts the function with its code", async () => {
  const arn = await cloud.put(answering("same"), { environment: { STAGE: "one" } });
  expect(await answerOf(cloud.lambda, arn)).toMatchObject({ 1: "one" });

  await cloud.put(answering("same"), { environment: { STAGE: "two" } });

  expect(await answerOf(cloud.lambda, arn)).toMatchObject({ 0: "same", 1: "two" });
});

test("the same settings and code again leave the function warm", async () => {
  const arn = await cloud.put(answering("same"));
  const before = await answerOf(cloud.lambda, arn);

  await cloud.put(answering("same"));

  expect(await answerOf(cloud.lambda, arn)).toEqual(before);
});

test("an invocation under way finishes with the old code, then its process ends", async () => {
  const arn = await cloud.put(WAITING);
  const oldFolder = cloud.lambda.getFunction(arn)?.version.codeFolder ?? "";
  const underWay = answerOf(cloud.lambda, arn);
  await cloud.gate.arrivals(1);

  await cloud.put(answering("new"));
  expect(await answerOf(cloud.lambda, arn)).toMatchObject({ 0: "new" });
  cloud.gate.open();

  expect(await underWay).toBe("old");
  await expect.poll(() => existsSync(oldFolder)).toBe(false);
});

test("a deleted function is gone, with its processes and permissions", async () => {
  const arn = await cloud.put(answering("here"));
  const [, , pid] = Object.values(Object(await answerOf(cloud.lambda, arn)));
  cloud.lambda.addPermission({
    functionName: "Function",
    statementId: "one",
    principal: "sns.amazonaws.com",
    action: "lambda:InvokeFunction",
  });

  cloud.lambda.deleteFunction("Function");

  expect(await cloud.lambda.invoke(arn, "{}")).toMatchObject({ ok: false, kind: "notFound" });
  await expect.poll(() => isAlive(Number(pid))).toBe(false);
  await cloud.put(answering("again"));
  expect(cloud.lambda.isAllowed(arn, "sns.amazonaws.com", "arn:aws:sns:us-east-1:1:t")).toBe(false);
});

test.for(["../outside.mjs", "a/../../outside.mjs", "/outside.mjs", "..\\outside.mjs", "C:x.mjs"])(
  "an archive that names %s is rejected and writes nothing",
  async (name) => {
    const zipFile = join(cloud.folder, "bad.zip");
    const files = { "bundle.mjs": strToU8(answering("never")), [name]: strToU8("escaped") };
    await writeFile(zipFile, zipSync(files));

    await expect(cloud.lambda.putFunction(settingsOf(zipFile))).rejects.toMatchObject({
      code: "InvalidParameterValueException",
      message: `The code archive names a file outside it: "${name}".`,
    });
    expect(cloud.lambda.getFunction("Function")).toBeUndefined();
    expect(existsSync(join(cloud.folder, "state", "functions"))).toBe(false);
    expect(existsSync(join(cloud.folder, "outside.mjs"))).toBe(false);
  },
);

test("a file that is no archive is rejected, and the function stays as it was", async () => {
  const arn = await cloud.put(answering("old"));
  const zipFile = join(cloud.folder, "bad.zip");
  await writeFile(zipFile, "not a zip");

  await expect(cloud.lambda.putFunction(settingsOf(zipFile))).rejects.toMatchObject({
    code: "InvalidParameterValueException",
  });
  expect(await answerOf(cloud.lambda, arn)).toMatchObject({ 0: "old" });
});
