/** The settings of stages. */
import { routes } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import { stageSettingsSchema } from "../../stacks/settings/schema.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";

describe("settingsFor", () => {
  it.each(["prod", "local", "dev", "ada"])("limits every method of stage %s", (stage) => {
    expect(settingsFor(stage).throttle).toEqual({ rateLimit: 50, burstLimit: 100 });
  });

  it.each(["prod", "local"])(
    "reserves concurrency in %s for the bursts of every method",
    (stage) => {
      const { throttle, concurrency } = settingsFor(stage);
      expect(concurrency.externalLambda).toBeGreaterThanOrEqual(
        routes.length * throttle.burstLimit,
      );
    },
  );

  it("retains production's data, blocks at its firewall and requires a second factor", () => {
    expect(settingsFor("prod")).toMatchObject({
      removal: "retain",
      protect: true,
      deletionProtection: true,
      adminCreatesUsers: true,
      mfa: "required",
      firewall: { mode: "block" },
      logRetention: "1 year",
      secretRecoveryDays: 30,
      keyDeletionDays: 30,
    });
  });

  it("lets developer stages be removed without a trace", () => {
    expect(settingsFor("ada")).toMatchObject({
      removal: "remove",
      protect: false,
      deletionProtection: false,
      firewall: { mode: "count" },
      secretRecoveryDays: 0,
    });
  });

  it("counts this machine's requests on stage local, and none on others", () => {
    expect(settingsFor("local").firewall.countedNetworks).toEqual(["127.0.0.1/32"]);
    expect(settingsFor("prod").firewall.countedNetworks).toEqual([]);
  });

  it.each(["prod", "local", "ada"])(
    "gives stage %s no CORS, API keys or alarm address by default",
    (stage) => {
      const settings = settingsFor(stage);
      expect([settings.corsOrigin, settings.apiKeys, settings.alarmEmail]).toEqual([
        undefined,
        false,
        undefined,
      ]);
    },
  );

  it("takes a stage named like a property of Object for a developer stage", () => {
    expect(settingsFor("constructor")).toEqual(settingsFor("ada"));
  });

  it.each(["", "Prod", "a_b", "1st", "-a", "a--b", "a-", "a".repeat(31), "prod\n"])(
    "rejects the stage name %j and says what is valid",
    (stage) => {
      expect(() => settingsFor(stage)).toThrow(/lower-case letters, digits and single hyphens/);
    },
  );
});

describe("a settings object", () => {
  const right = settingsFor("ada");
  const firewall = right.firewall;

  it.each([
    ["region", { region: "Frankfurt" }],
    ["removal", { removal: "keep" }],
    ["mfa", { mfa: "sometimes" }],
    ["callbackUrls", { callbackUrls: [] }],
    ["callbackUrls", { callbackUrls: ["http://app.example.com/callback"] }],
    ["callbackUrls", { callbackUrls: ["javascript:alert(1)"] }],
    ["corsOrigin", { corsOrigin: "*" }],
    ["corsOrigin", { corsOrigin: "https://*.example.com" }],
    ["corsOrigin", { corsOrigin: "http://app.example.com" }],
    ["corsOrigin", { corsOrigin: "https://app.example.com/" }],
    ["throttle.rateLimit", { throttle: { rateLimit: 0, burstLimit: 1 } }],
    ["throttle.burstLimit", { throttle: { rateLimit: 50, burstLimit: 0 } }],
    ["throttle.burstLimit", { throttle: { rateLimit: 50 } }],
    ["concurrency.externalLambda", { concurrency: { externalLambda: 0, internalLambda: 1 } }],
    ["firewall.mode", { firewall: { ...firewall, mode: "off" } }],
    ["firewall.countedNetworks", { firewall: { ...firewall, countedNetworks: ["10.0.0.1"] } }],
    ["firewall.allowedNetworks", { firewall: { ...firewall, allowedNetworks: ["0.0.0.0/0"] } }],
    ["firewall.allowedNetworks", { firewall: { ...firewall, allowedNetworks: ["::1/128"] } }],
    ["firewall.requestsPerAddress", { firewall: { ...firewall, requestsPerAddress: 9 } }],
    ["coldStart", { coldStart: "yes" }],
    ["logRetention", { logRetention: "forever" }],
    ["alarmEmail", { alarmEmail: "the team" }],
    ["secretRecoveryDays", { secretRecoveryDays: 3 }],
    ["keyDeletionDays", { keyDeletionDays: 1 }],
  ])("is rejected by name for an invalid %s", (setting, wrong) => {
    const { error } = stageSettingsSchema.safeParse({ ...right, ...wrong });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual([
      expect.stringMatching(new RegExp(`^${setting}`)),
    ]);
  });

  it("is rejected by name for an unknown setting", () => {
    const { error } = stageSettingsSchema.safeParse({ ...right, openToAll: true });
    expect(error?.issues).toEqual([
      expect.objectContaining({ code: "unrecognized_keys", keys: ["openToAll"] }),
    ]);
  });

  it("may name an origin, an address, networks and API keys", () => {
    const full = {
      ...right,
      corsOrigin: "https://app.example.com",
      alarmEmail: "team@example.com",
      apiKeys: true,
      firewall: { ...firewall, allowedNetworks: ["203.0.113.0/24"] },
    };
    expect(stageSettingsSchema.parse(full)).toEqual(full);
  });
});
