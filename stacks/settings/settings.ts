/** What differs between stages: one pure function from a stage's name to its settings. */
import * as z from "zod";
import { stageSettingsSchema, type StageSettings } from "./schema.ts";
import { developer, stages } from "./stages.ts";

export type { StageSettings } from "./schema.ts";

/** A stage cannot be deployed as its name or its settings are. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * The settings of a stage: those of its row in the table, else a developer stage's.
 * @throws {SettingsError} naming the stage and each setting that is wrong.
 */
export function settingsFor(stage: string): StageSettings {
  if (!stageName.test(stage)) {
    throw new SettingsError(
      `"${stage}" cannot be a stage: use up to 30 lower-case letters, digits and single hyphens, ` +
        "a letter first, as the names of what AWS makes for it allow no others.",
    );
  }
  const parsed = stageSettingsSchema.safeParse(rawSettings(stage));
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    `The settings of stage "${stage}" are wrong:\n${z.prettifyError(parsed.error)}`,
  );
}

/**
 * A stage's settings as the table has them, not checked: for what the SST CLI asks before it runs
 * the program, when it shows no message of an error.
 */
export function rawSettings(stage: string): StageSettings {
  return { ...developer, ...(Object.hasOwn(stages, stage) ? stages[stage] : {}) };
}

/** Hosted login pages allow lower case alone, and roles 64 characters (both documented). */
const stageName = /^(?=.{1,30}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
