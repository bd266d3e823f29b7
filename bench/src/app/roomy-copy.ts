/** A copy of this app that differs in one setting: its throttle lets a measurement through. */
import { copyApp, type AppCopy } from "../../../tests/support/app-copy.ts";

/** Copies the app; the stage `local` of the copy admits 100,000 requests/s to each method. */
export function copyRoomyApp(): AppCopy {
  const copy = copyApp({ platform: true });
  copy.append(
    "stacks/stages.ts",
    `
Object.assign(stages, {
  local: { ...stages["local"], throttle: { rateLimit: 100_000, burstLimit: 100_000 } },
});
`,
  );
  return copy;
}
