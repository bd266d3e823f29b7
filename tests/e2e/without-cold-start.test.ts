/** The app without packages/cold-start: the folder deleted, the setting false, everything else the same. */
import fs from "node:fs";
import path from "node:path";
import { userPools } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runMatrix } from "../../scripts/e2e/matrix.ts";
import { deployApp, type DeployedApp } from "../support/deployed-app.ts";
import { copySources, type SourceCopy } from "../support/source-copy.ts";

let copy: SourceCopy;
let app: DeployedApp;

beforeAll(async () => {
  copy = copySources();
  fs.rmSync(path.join(copy.folder, "packages/cold-start"), { recursive: true, force: true });
  const stages = path.join(copy.folder, "stacks/settings/stages.ts");
  const settings = fs.readFileSync(stages, "utf8");
  fs.writeFileSync(stages, settings.replaceAll("coldStart: true", "coldStart: false"));
  app = await deployApp({ project: copy.folder });
});
afterAll(async () => {
  await app?.stop();
  copy?.remove();
});

it("deploys, and passes the access matrix", async () => {
  const tokens: Record<number, string> = {};
  for (const pool of userPools) tokens[pool] = await app.token(pool);
  const rows = await runMatrix({ url: app.urls.api, tokens });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ passed }) => !passed)).toEqual([]);
});
