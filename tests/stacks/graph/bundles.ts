/** The functions' code as `sst deploy` ships it: its size, and what must not be in it. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { StageSettings } from "../../../stacks/settings/settings.ts";
import type { DeployedStage } from "./deployed.ts";

/** In bytes, a little above what they are: growth is decided on, it does not happen. */
const budgets = ({ coldStart }: StageSettings) => [
  coldStart
    ? { name: "ExternalLambda", bundle: 273_000, zip: 100_000 }
    : { name: "ExternalLambda", bundle: 414_000, zip: 145_000 },
  { name: "InternalLambda", bundle: 24_400, zip: 9_950 },
];

const uploadSchema = z.object({ source: z.object({ localCloudFile: z.string() }) });
const functionSchema = z.object({
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
});

/**
 * Loads the bundle as Lambda does, init phase and all, and prints which of Node's modules that
 * took.
 */
const listModules = `
  await import("./bundle.mjs");
  console.log(JSON.stringify(process.moduleLoadList));
  process.exit();
`;
const mapSchema = z.object({ sources: z.array(z.string()).min(1) });

export function testBundles({ graph, settings }: DeployedStage): void {
  /** What is uploaded under a name. */
  const upload = (name: string) => {
    const { inputs } = graph().one("aws:s3/bucketObjectv2:BucketObjectv2", name);
    return fs.readFileSync(uploadSchema.parse(inputs).source.localCloudFile);
  };

  describe.each(budgets(settings))("the code of $name", ({ name, ...budget }) => {
    const zip = () => upload(`${name}Code`);
    const files = () => unzipSync(zip());
    const sources = () =>
      mapSchema.parse(JSON.parse(upload(`${name}Sourcemap0`).toString())).sources;

    it("is within its budget", () => {
      expect(files()["bundle.mjs"]?.length).toBeLessThanOrEqual(budget.bundle);
      expect(zip().length).toBeLessThanOrEqual(budget.zip);
    });

    it("is one bundle, with SST's encrypted resources and no source map", () => {
      const names = Object.keys(files()).filter((file) => !file.endsWith("/"));
      expect(names.toSorted()).toEqual(["bundle.mjs", "resource.enc"]);
      expect(Buffer.from(files()["bundle.mjs"] ?? []).includes("sourcesContent")).toBe(false);
    });

    it("comes from the functions' sources", () => {
      expect(sources()).toContainEqual(expect.stringContaining("/packages/functions/src/"));
    });

    it.each(settings.coldStart ? ["holds nothing that it never uses"] : [])("%s", () => {
      const unused =
        /credential-provider-(?!env)|token-providers|event-streams|zod\/v4\/(locales|classic)\/|loadSharedConfigFiles/;
      expect(sources().filter((source) => unused.test(source))).toEqual([]);
    });
  });

  it.each(settings.coldStart ? ["ExternalLambda reads credentials only from the environment"] : [])(
    "%s",
    () => {
      const { "bundle.mjs": bundle } = unzipSync(upload("ExternalLambdaCode"));
      const text = Buffer.from(bundle ?? []).toString();
      expect(text).toContain("AWS_SESSION_TOKEN");
      // What the other providers of the SDK's default chain would read (documented).
      for (const name of [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "sso_start_url",
        "credential_process",
      ]) {
        expect(text).not.toContain(name);
      }
    },
  );

  it.each(settings.coldStart ? ["ExternalLambda knows the one partition that stages are in"] : [])(
    "%s",
    () => {
      const text = Buffer.from(
        unzipSync(upload("ExternalLambdaCode"))["bundle.mjs"] ?? "",
      ).toString();
      expect(text).toMatch(/partitions:\[\{id:"aws",.{0,300},regions:\{\}\}\]/);
      expect(text).not.toContain("Stockholm");
    },
  );

  it.each(settings.coldStart ? ["ExternalLambda starts without Node's fetch"] : [])("%s", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shipped-"));
    try {
      const bundle = path.join(folder, "bundle.mjs");
      fs.writeFileSync(bundle, unzipSync(upload("ExternalLambdaCode"))["bundle.mjs"] ?? "");
      const list = path.join(folder, "list.mjs");
      fs.writeFileSync(list, listModules);
      const { inputs } = graph().one("aws:lambda/function:Function", "ExternalLambdaFunction");
      const printed = execFileSync(process.execPath, [list], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        env: {
          ...functionSchema.parse(inputs).environment.variables,
          AWS_REGION: "us-east-1",
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          // Nothing listens there: reading the secret fails, and priming runs all the same.
          AWS_ENDPOINT_URL: "https://127.0.0.1:1",
        },
      });
      const loaded = z.array(z.string()).parse(JSON.parse(printed.trim().split("\n").at(-1) ?? ""));
      expect(loaded).toContain("NativeModule https");
      expect(loaded.filter((name) => name.includes("undici"))).toEqual([]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
}
