/** A copy of this app whose throttle lets a measurement through. */
import { copyApp, type AppCopy } from "../../../tests/support/app-copy.ts";
import type { StageSettings } from "../../../stacks/settings/schema.ts";

/**
 * Copies the app; the stage `local` of the copy admits 100,000 requests/s to each method, and has the
 * other settings that are given.
 */
export function copyRoomyApp(settings: Partial<StageSettings> = {}): AppCopy {
  const copy = copyApp({ platform: true });
  const throttle = { rateLimit: 100_000, burstLimit: 100_000 };
  const changed = JSON.stringify({ throttle, ...settings });
  copy.append(
    "stacks/settings/stages.ts",
    `\nObject.assign(stages, { local: { ...stages["local"], ...${changed} } });\n`,
  );
  return copy;
}
