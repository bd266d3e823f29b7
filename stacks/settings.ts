/** What differs between stages: one pure function from a stage's name to its settings. */

/** The settings of one stage. */
export interface StageSettings {
  /** Requests per second that each method admits in the long run, and how many at once. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** IPv4 networks (CIDR) whose requests the firewall counts. */
  readonly countedNetworks: readonly string[];
  /** Where the hosted login page may send a signed-in user. */
  readonly callbackUrls: readonly string[];
}

const shared: StageSettings = {
  throttle: { rateLimit: 50, burstLimit: 100 },
  countedNetworks: [],
  callbackUrls: ["http://localhost:3000/callback"],
};

const stages: Readonly<Record<string, Partial<StageSettings>>> = {
  local: { countedNetworks: ["127.0.0.1/32"] },
};

/** The settings of a stage: `prod` and `local` by name, every other name is a personal stage. */
export function settingsFor(stage: string): StageSettings {
  return { ...shared, ...(Object.hasOwn(stages, stage) ? stages[stage] : undefined) };
}
