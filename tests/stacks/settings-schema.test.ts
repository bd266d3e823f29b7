/** What the settings of a stage may be. */
import { describe, expect, it } from "vitest";
import { stageSettingsSchema, stageSettingsSchemaOf } from "../../stacks/settings/schema.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";

describe("a settings object", () => {
  const right = settingsFor("ada");
  const firewall = right.firewall;
  const network = "203.0.113.0/24";

  it.each([
    ["region", { region: "Frankfurt" }],
    ["region", { region: "us-east-9" }],
    ["region", { region: "" }],
    ["region", { region: undefined }],
    ["removal", { removal: "keep" }],
    ["removal", { removal: "remove", protect: true }],
    ["owner", { owner: "" }],
    ["owner", { owner: "team #1" }],
    ["mfa", { mfa: "sometimes" }],
    ["userPoolPlan", { userPoolPlan: "lite" }],
    ["userPoolPlan", { userPoolPlan: "plus", mfa: "off" }],
    ["mailFrom.address", { mailFrom: { address: "example.com" } }],
    ["mailFrom.address", { mailFrom: { address: "a@notexample.com", domain: "example.com" } }],
    ["mailFrom.name", { mailFrom: { address: "a@example.com", name: 'A" <b@example.com>, "C' } }],
    ["mailFrom.name", { mailFrom: { address: "a@example.com", name: "A\r\nBcc: b" } }],
    ["mailFrom.domain", { mailFrom: { address: "a@example.com", domain: "Example.com" } }],
    ["mailFrom.region", { mailFrom: { address: "a@example.com", region: "eu-central-1" } }],
    ["mailFrom.region", { region: "me-central-1", mailFrom: { address: "a@example.com" } }],
    ["mailFrom.region", { mailFrom: { address: "a@example.com", region: "nowhere" } }],
    ["callbackUrls", { callbackUrls: ["http://app.example.com/callback"] }],
    ["callbackUrls", { callbackUrls: ["javascript:alert(1)"] }],
    ["callbackUrls", { callbackUrls: ["https://app.example.com/callback#token"] }],
    ["callbackUrls", { callbackUrls: ["https://app.example.com/call back"] }],
    ["callbackUrls", { callbackUrls: [" https://app.example.com/callback"] }],
    ["callbackUrls", { callbackUrls: ["https:app.example.com"] }],
    ["callbackUrls", { callbackUrls: ["https://*.example.com/callback"] }],
    ["callbackUrls", { callbackUrls: ["https://me@app.example.com/callback"] }],
    ["callbackUrls", { callbackUrls: ["http://localhost.example.com/callback"] }],
    ["callbackUrls", { callbackUrls: [`https://app.example.com/${"a".repeat(1_024)}`] }],
    [
      "callbackUrls",
      { callbackUrls: Array.from({ length: 101 }, (_, n) => `https://app.example.com/${n}`) },
    ],
    ["callbackUrls", { callbackUrls: ["https://App.example.com/callback"] }],
    ["callbackUrls", { callbackUrls: ["http://127.0.0.2/callback"] }],
    ["corsOrigin", { corsOrigin: "https://app.example.com:443" }],
    ["corsOrigin", { corsOrigin: "https://app.example.com:08443" }],
    ["corsOrigin", { corsOrigin: "https://10.1" }],
    ["corsOrigin", { corsOrigin: "https://a'b.example.com" }],
    ["corsOrigin", { corsOrigin: "https://$context.requestId" }],
    ["corsOrigin", { corsOrigin: "https://${stageVariables.x}" }],
    ["corsOrigin", { corsOrigin: "*" }],
    ["corsOrigin", { corsOrigin: "https://app.example.com:99999" }],
    ["corsOrigin", { corsOrigin: `https://${"a".repeat(64)}.example.com` }],
    ["callbackUrls", { callbackUrls: ["https://app.example.com:99999/callback"] }],
    ["callbackUrls", { callbackUrls: ["https://a.example", "https://a.example"] }],
    ["throttle.rateLimit", { throttle: { rateLimit: 1e300, burstLimit: 1 } }],
    ["throttle.burstLimit", { throttle: { rateLimit: 50, burstLimit: 2 ** 40 } }],
    ["alarmEmail", { alarmEmail: `ops@${"a.".repeat(130)}example.com` }],
    ["alarmEmail", { alarmEmail: `${"a".repeat(65)}@example.com` }],
    ["alarmEmail", { alarmEmail: "ops@example-.com" }],
    ["alarmEmail", { alarmEmail: `ops@${"a".repeat(64)}.example.com` }],
    ["corsOrigin", { corsOrigin: "https://*.example.com" }],
    ["corsOrigin", { corsOrigin: "http://app.example.com" }],
    ["corsOrigin", { corsOrigin: "https://app.example.com/" }],
    ["corsOrigin", { corsOrigin: "http://localhost:80" }],
    ["corsOrigin", { corsOrigin: "http://localhost:99999" }],
    ["corsOrigin", { corsOrigin: "http://localhost.example.com" }],
    ["corsOrigin", { corsOrigin: "http://127.0.0.1:8080" }],
    ["corsOrigin", { corsOrigin: "null" }],
    ["throttle.rateLimit", { throttle: { rateLimit: 0, burstLimit: 1 } }],
    ["throttle.burstLimit", { throttle: { rateLimit: 50, burstLimit: 0 } }],
    ["throttle.burstLimit", { throttle: { rateLimit: 50 } }],
    ["concurrency.perRoute", { concurrency: { perRoute: 0, internalLambda: 1 } }],
    ["firewall.mode", { firewall: { ...firewall, mode: "off" } }],
    ["firewall.countedNetworks", { firewall: { ...firewall, countedNetworks: ["10.0.0.1"] } }],
    ["firewall.allowedNetworks", { firewall: { ...firewall, allowedNetworks: ["0.0.0.0/0"] } }],
    ["firewall.allowedNetworks", { firewall: { ...firewall, allowedNetworks: ["::1/128"] } }],
    ["firewall.allowedNetworks", { firewall: { ...firewall, allowedNetworks: ["010.0.0.0/8"] } }],
    [
      "firewall.countedNetworks",
      { firewall: { ...firewall, countedNetworks: [network, "192.0.2.1/32", network] } },
    ],
    [
      "firewall.countedNetworks",
      {
        firewall: {
          ...firewall,
          countedNetworks: Array.from({ length: 10_001 }, (_, n) => `10.0.${n >> 8}.${n % 256}/32`),
        },
      },
    ],
    ["firewall.requestsPerAddress", { firewall: { ...firewall, requestsPerAddress: 9 } }],
    ["firewall.signInsPerAddress", { firewall: { ...firewall, signInsPerAddress: 9 } }],
    ["firewall.requestsPerToken", { firewall: { ...firewall, requestsPerToken: 9 } }],
    ["firewall.managedGroups", { firewall: { ...firewall, managedGroups: ["Everything"] } }],
    ["monitoring.alarms", { monitoring: { ...right.monitoring, alarms: "yes" } }],
    ["customerKeys", { customerKeys: "some" }],
    ["alarmEmail", { alarmEmail: "team@example.com" }],
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

  it.each([
    ["10.0.0.1/8", "10.0.0.0/8"],
    ["203.0.113.255/25", "203.0.113.128/25"],
    ["255.255.255.255/1", "128.0.0.0/1"],
  ])("is told how the network %s is written: %s", (wrong, expected) => {
    const changed = { ...right, firewall: { ...firewall, allowedNetworks: [wrong] } };
    expect(stageSettingsSchema.safeParse(changed).error?.issues).toEqual([
      expect.objectContaining({
        path: ["firewall", "allowedNetworks", 0],
        message: `must be written by its first address: ${expected}`,
      }),
    ]);
    const told = { ...right, firewall: { ...firewall, allowedNetworks: [expected] } };
    expect(stageSettingsSchema.parse(told)).toEqual(told);
  });

  it.each<[string, string | undefined]>([
    ["us-east-2", undefined],
    ["us-east-2", "eu-west-1"],
    ["eu-north-1", "eu-north-1"],
    ["me-central-1", "eu-central-1"],
  ])("may send mail from a pool in %s by an identity in %s", (region, senderRegion) => {
    const mailFrom = { address: "no-reply@example.com", name: "Example", region: senderRegion };
    expect(stageSettingsSchema.safeParse({ ...right, region, mailFrom }).error).toBeUndefined();
  });

  it("is told where the identities are that a pool sends mail by", () => {
    const changed = { ...right, region: "me-central-1", mailFrom: { address: "a@example.com" } };
    expect(stageSettingsSchema.safeParse(changed).error?.issues).toEqual([
      expect.objectContaining({
        message: "must be eu-central-1: user pools in me-central-1 send by SES identities there",
      }),
    ]);
  });

  it("is told how browsers send an origin", () => {
    const changed = { ...right, corsOrigin: "https://app.example.com:443" };
    expect(stageSettingsSchema.safeParse(changed).error?.issues).toEqual([
      expect.objectContaining({
        message: "must be written as browsers send it: https://app.example.com",
      }),
    ]);
  });

  it("is rejected by name for an unknown setting", () => {
    const { error } = stageSettingsSchema.safeParse({ ...right, openToAll: true });
    expect(error?.issues).toEqual([
      expect.objectContaining({ code: "unrecognized_keys", keys: ["openToAll"] }),
    ]);
  });

  it.each(["<>", '"', "^", "`", "{id}", "|", String.raw`\\`, "é", "%", "%zz", "?a=[b]"])(
    "may not have a callback URL with %s, which no URI has",
    (text) => {
      const changed = { ...right, callbackUrls: [`https://app.example.com/${text}`] };
      expect(stageSettingsSchema.safeParse(changed).error?.issues).toEqual([
        expect.objectContaining({ message: expect.stringContaining("percent-encoded") }),
      ]);
    },
  );

  it.each([
    "https://app.example.com:8443/cb?a=b",
    "https://app.example.com/~me/a-b_c.d!$&'()*+,;=:@/%C3%A9?x=%3C%3E/?",
    "http://localhost",
    "http://localhost:3000/cb",
    "http://127.0.0.1:3000/cb",
    "http://[::1]:3000/cb",
  ])("may have the callback URL %s", (callbackUrl) => {
    const changed = { ...right, callbackUrls: [callbackUrl] };
    expect(stageSettingsSchema.parse(changed)).toEqual(changed);
  });

  it.each(["http://localhost", "http://localhost:8080", "http://localhost:65535"])(
    "may name the origin %s for stage local, and for no other",
    (corsOrigin) => {
      const changed = { ...right, corsOrigin };
      expect(stageSettingsSchemaOf("local").parse(changed)).toEqual(changed);
      for (const stage of ["prod", "ada", "local-2", "locals"]) {
        const { error } = stageSettingsSchemaOf(stage).safeParse(changed);
        expect(error?.issues).toEqual([
          expect.objectContaining({
            path: ["corsOrigin"],
            message: expect.stringMatching(
              /must be one exact https origin, such as https:\S+ .* stage "local" only/,
            ),
          }),
        ]);
      }
    },
  );

  it("may name an origin, an address, networks and API keys", () => {
    const full = {
      ...right,
      corsOrigin: "https://app.example.com:8443",
      monitoring: { ...right.monitoring, alarms: true },
      alarmEmail: "team@example.com",
      apiKeys: true,
      firewall: { ...firewall, allowedNetworks: ["203.0.113.0/24", "10.0.0.0/8"] },
    };
    expect(stageSettingsSchema.parse(full)).toEqual(full);
  });
});
