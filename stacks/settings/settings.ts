/** The settings of a stage: a pure function of its name. */
import * as z from "zod";
import { stageSettingsSchemaOf, type StageSettings } from "./schema.ts";
import { developer, stages } from "./stages.ts";

export type { StageSettings } from "./schema.ts";

/** The name or the settings of a stage are invalid. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * The settings of a stage: a developer stage's, with the overrides of its row in the table.
 * @throws {SettingsError} naming the stage and each setting that is wrong.
 */
export function settingsFor(stage: string): StageSettings {
  if (!stageName.test(stage)) {
    throw new SettingsError(
      `"${stage}" cannot be a stage: use up to 30 lower-case letters, digits and single hyphens, ` +
        "a letter first. The names of its AWS resources allow no others.",
    );
  }
  const reserved = reservedWords.find((word) => stage.includes(word));
  if (reserved !== undefined) {
    throw new SettingsError(
      `"${stage}" cannot be a stage: it must not contain "${reserved}". Cognito refuses that word in ` +
        "the domains of user pools, which have the stage's name.",
    );
  }
  const parsed = stageSettingsSchemaOf(stage).safeParse(rawSettings(stage));
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    `The settings of stage "${stage}" are wrong:\n${z.prettifyError(parsed.error)}`,
  );
}

/**
 * The settings of a stage without validation: the SST CLI reads some before it runs the program,
 * and would not show the message of an error then.
 */
export function rawSettings(stage: string): StageSettings {
  return { ...developer, ...(Object.hasOwn(stages, stage) ? stages[stage] : {}) };
}

/** Documented: COGNITO/cognito-user-pools-assign-domain-prefix. */
const reservedWords = ["aws", "amazon", "cognito"];

/**
 * Domain prefixes of user pools allow only lower case, and role names 64 characters (both
 * documented).
 */
const stageName = /^(?=.{1,30}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
