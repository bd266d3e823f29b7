/** Why a browser will not let a page call a stage. */
import type { StageSettings } from "../../stacks/settings/settings.ts";

/** What to say and do about a page of this origin, if the stage's settings do not name it. */
export function refusalOf(
  stage: string,
  { corsOrigin }: Pick<StageSettings, "corsOrigin">,
  origin: string,
): string | undefined {
  if (corsOrigin === origin) return undefined;
  const named = corsOrigin ?? "no web origin";
  const right =
    stage === "local"
      ? "Use the port that it names, or name this one there."
      : "Serve the files of examples/web, with this config.json, at an https origin that it names.";
  return `A browser will refuse the calls of this page, which is at ${origin}: corsOrigin of stage "${stage}" names ${named} (stacks/settings/stages.ts). ${right}`;
}
