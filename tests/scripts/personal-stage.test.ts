/** The stage of `npm run dev` is the one that `sst dev` would choose. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { personalStage } from "../../scripts/support/personal-stage.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "personal-stage-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

it.each([
  ["of the environment, before all", { SST_STAGE: "grace" }, "lin\n", "ada", "grace"],
  ["that SST remembers", {}, " lin\n", "ada", "lin"],
  ["of the user's name, as a stage is written", { SST_STAGE: "" }, "", "Ada.Byron_1", "adabyron1"],
  ["of none, where a name says nothing", {}, "", "root", undefined],
  ["of none, where a name has nothing", {}, "", "李", undefined],
])("is that %s", (_, env, remembered, username, expected) => {
  fs.mkdirSync(path.join(folder, ".sst"));
  if (remembered) fs.writeFileSync(path.join(folder, ".sst/stage"), remembered);
  expect(personalStage(env, folder, username)).toBe(expected);
});
