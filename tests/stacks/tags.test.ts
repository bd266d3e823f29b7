/** The tags of a stage's resources. */
import { appName } from "@secure-lambda/functions/contract";
import { expect, it } from "vitest";
import { tagsOf } from "../../stacks/settings/tags.ts";

it.each([
  [{}, {}],
  [{ owner: "greetings" }, { owner: "greetings" }],
])("are the app, the stage and an owner, if it has one: %j", (settings, more) => {
  expect(tagsOf("prod", settings)).toEqual({ app: appName, stage: "prod", ...more });
});
