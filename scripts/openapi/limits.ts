/** The limits of the API, by stage, as an extension of OpenAPI. */
import { developer, stages } from "../../stacks/settings/stages.ts";
import { settingsFor, type StageSettings } from "../../stacks/settings/settings.ts";

/** Of every stage that the settings name, and of those that they do not: `developer`. */
export const limitsByStage = () =>
  Object.fromEntries([
    ...Object.keys(stages).map((stage) => [stage, limitsOf(settingsFor(stage))] as const),
    ["developer", limitsOf(developer)] as const,
  ]);

/** A route's rate is for all of its callers, an address's for all routes. */
export const limitsOf = ({ throttle, firewall }: StageSettings) => ({
  requestsPerSecondOfRoute: throttle.rateLimit,
  burstOfRoute: throttle.burstLimit,
  requestsPerFiveMinutesOfAddress: firewall.requestsPerAddress,
  firewallMode: firewall.mode,
});
