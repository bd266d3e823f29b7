/** Where a stage enters the stacks: its name, its settings and the names of its resources. */
import { namesOf, type Names } from "./names.ts";
import { settingsFor, type StageSettings } from "./settings.ts";

/** A stage as the stacks know it. */
export interface Stage {
  readonly name: string;
  readonly settings: StageSettings;
  readonly names: Names;
}

/**
 * The stage of that name. @throws {SettingsError} for a name or settings that cannot be deployed.
 */
export const stageOf = (name: string): Stage => ({
  name,
  settings: settingsFor(name),
  names: namesOf(name),
});
