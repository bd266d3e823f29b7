/** The web origins whose pages may call what is deployed, read from the CORS preflights of its APIs. */
import type { ServedStage } from "./stages.ts";

const HEADER = "access-control-allow-origin";

/** Exact origins only: `*` and `null` (a page without an origin) name nobody. */
export function webOriginsOf(stages: readonly ServedStage[]): ReadonlySet<string> {
  const headers = stages
    .flatMap(({ api }) => [...api.methods.values()])
    .flatMap(({ integrationResponses }) => [...integrationResponses.values()])
    .flatMap((response) => [...response.headers]);
  return new Set(
    headers
      .filter(
        ([name, value]) => name.toLowerCase() === HEADER && URL.parse(value)?.origin === value,
      )
      .map(([, value]) => value),
  );
}
