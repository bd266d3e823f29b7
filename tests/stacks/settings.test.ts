/** The settings of stages. */
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { regions } from "../../stacks/settings/regions.ts";
import { hasAddress, stageSettingsSchema } from "../../stacks/settings/schema.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";

describe("settingsFor", () => {
  it.each([
    ["prod", 100, 100],
    ["local", 100, 100],
    ["dev", 5, undefined],
    ["ada", 5, undefined],
  ])(
    "limits every method of stage %s to bursts of %i, and reserves %s",
    (stage, burstLimit, each) => {
      const { throttle, concurrency } = settingsFor(stage);
      expect(throttle).toEqual({ rateLimit: 50, burstLimit });
      expect(concurrency?.perRoute).toBe(each);
    },
  );

  it("retains production's data, blocks at its firewall and requires a second factor", () => {
    expect(settingsFor("prod")).toMatchObject({
      removal: "retain",
      protect: true,
      deletionProtection: true,
      adminCreatesUsers: true,
      mfa: "required",
      passwordFlows: false,
      firewall: { mode: "block" },
      logRetention: "1 year",
      customerKeys: true,
      monitoring: { alarms: true, dashboard: true, methodMetrics: true },
      alarmEmail: "none",
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

  it("lets a new account afford a developer stage: what costs by the month is left out", () => {
    expect(settingsFor("ada")).toMatchObject({
      customerKeys: false,
      monitoring: { alarms: false, dashboard: false, methodMetrics: false },
      firewall: { managedGroups: ["AWSManagedRulesKnownBadInputsRuleSet"] },
      logRetention: "1 week",
    });
  });

  it("gives stage local what prod has, where the local cloud can show it", () => {
    const { concurrency, customerKeys, monitoring, throttle } = settingsFor("prod");
    expect(settingsFor("local")).toMatchObject({ concurrency, customerKeys, monitoring, throttle });
    const { managedGroups } = settingsFor("prod").firewall;
    expect(settingsFor("local").firewall).toMatchObject({ mode: "count", managedGroups });
  });

  it.each(["prod", "local", "ada"])("gives stage %s no API keys or alarm address", (stage) => {
    const { apiKeys, alarmEmail } = settingsFor(stage);
    expect([apiKeys, hasAddress(alarmEmail)]).toEqual([false, false]);
  });

  it("gives only stage local a web page, on the same machine", () => {
    expect(settingsFor("local")).toMatchObject({
      corsOrigin: "http://localhost:8080",
      callbackUrls: ["http://localhost:8080/"],
    });
    for (const stage of ["prod", "ada"]) expect(settingsFor(stage).corsOrigin).toBeUndefined();
  });

  it("takes a stage named like a property of Object for a developer stage", () => {
    expect(settingsFor("constructor")).toEqual(settingsFor("ada"));
  });

  it.each(["", "Prod", "a_b", "1st", "-a", "a--b", "a-", "a".repeat(31), "prod\n"])(
    "rejects the stage name %j and says what is valid",
    (stage) => {
      expect(() => settingsFor(stage)).toThrow(/lower-case letters, digits and single hyphens/);
    },
  );

  it.each(["dawson", "aws", "my-amazon", "cognito", "precognitory"])(
    "rejects the stage name %j, which Cognito would not take in a domain",
    (stage) => {
      expect(() => settingsFor(stage)).toThrow(/must not contain "(aws|amazon|cognito)"/);
    },
  );

  it("takes a stage name with the reserved letters apart", () => {
    expect(settingsFor("a-ws")).toEqual(settingsFor("ada"));
  });
});

describe("the Regions", () => {
  /** Newer than the list of services by Region that the others were checked against. */
  const unchecked = ["ap-southeast-6"];

  it("are those of the partition aws that the provider of this version knows", () => {
    const load = createRequire(import.meta.url);
    const { Region } = z
      .object({ Region: z.record(z.string(), z.string()) })
      .parse(load("../../.sst/platform/node_modules/@pulumi/aws/types/enums/index.js"));
    const known = Object.values(Region).filter(
      (name) => !/^(?:cn|us-gov|us-iso|eu-iso|eusc)/.test(name) && !unchecked.includes(name),
    );
    expect([...regions].toSorted()).toEqual(known.toSorted());
  });

  it.each(["cn-north-1", "us-gov-west-1", "us-iso-east-1", "eu-isoe-west-1", "eusc-de-east-1"])(
    "are not those of another partition: %s",
    (region) => {
      const { error } = stageSettingsSchema.safeParse({ ...settingsFor("ada"), region });
      expect(error?.issues.map(({ message }) => message)).toEqual([
        expect.stringContaining(`${region} is not one of`),
      ]);
    },
  );
});
