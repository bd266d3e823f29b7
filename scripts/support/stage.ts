/** Names of stages, checked against the settings before anything is done with them. */
import { parseWith } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { settingsFor, SettingsError } from "../../stacks/settings/settings.ts";

/** A stage that can be deployed: its name and its settings are valid. */
export const stageSchema = z.string().check((context) => {
  try {
    settingsFor(context.value);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    context.issues.push({ code: "custom", message: error.message, input: context.value });
  }
});

/** Parses the value of `--stage`. */
export const parseStage = parseWith(stageSchema);

/** Its settings leave out what the local cloud does not have, one-time passwords above all. */
export const stageOnAws = stageSchema.refine((stage) => stage !== "local", {
  error: "It is the stage of the local cloud, and less protected than a stage on AWS should be.",
});

/** A stage that may be removed, or replaced by live code. */
export const unprotectedStage = stageOnAws.refine((stage) => !settingsFor(stage).protect, {
  error: "It is protected in stacks/settings/stages.ts (docs/operations.md, Remove).",
});
