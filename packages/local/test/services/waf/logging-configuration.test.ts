/** A web ACL's logging configuration: what is rejected, and how long it lasts. */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import type { WafLogEvent } from "../../../src/services/waf/web-acl.ts";
import { countAll, destination, logDestinationConfigs, logTo, serve } from "./logged-requests.ts";
import { ask, guard, environment, stage } from "./web-acls.ts";

describe("a logging configuration", () => {
  // The name of the log group starts aws-waf-logs-.
  // Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
  it.each<[string, object, string]>([
    [
      "a log group of another name",
      { logDestinationConfigs: [destination.replace("aws-waf-logs-api", "api")] },
      "does not start with aws-waf-logs-",
    ],
    [
      "a bucket",
      { logDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-bucket"] },
      "arn:aws:s3:::aws-waf-logs-bucket",
    ],
    ["two destinations", { logDestinationConfigs: [destination, destination] }, "Configs"],
    ["a redacted body", { redactedFields: [{ body: {} }] }, "body"],
    ["a redacted nothing", { redactedFields: [{}] }, "exactly one field"],
    ["a filter for CAPTCHA", filterOf("CAPTCHA"), "action"],
    ["a log type", { logType: "WAF_LOGS" }, "logType"],
  ])("is rejected for %s", (_, settings, reason) => {
    expect(() => serve([], settings)).toThrow(reason);
  });

  it("is rejected for a web ACL that is not there", () => {
    const waf = createWaf(environment);
    expect(() => logTo(waf, "arn:gone", [])).toThrow("arn:gone");
  });

  it("replaces the one before, survives a change of the web ACL, and can be taken away", () => {
    const { waf, arn, events } = serve([]);
    const later: WafLogEvent[] = [];
    logTo(waf, arn, later);
    guard(waf, [countAll], { id: arn.split("/").at(-1) });
    ask(waf, {});
    expect([events.length, later.length]).toEqual([0, 1]);
    waf.deleteLogging(arn);
    ask(waf, {});
    expect(later).toHaveLength(1);
  });

  it("goes with its web ACL", () => {
    const { waf, arn, events } = serve([]);
    const id = arn.split("/").at(-1) ?? "";
    waf.disassociate(stage);
    waf.deleteWebAcl(id);
    guard(waf, [], { id });
    ask(waf, {});
    expect(events).toEqual([]);
  });

  it("that cannot be opened leaves the one before in place", () => {
    const { waf, arn, events } = serve([]);
    expect(() => waf.putLogging(arn, { logDestinationConfigs }, openNothing)).toThrow(
      "no such group",
    );
    ask(waf, {});
    expect(events).toHaveLength(1);
  });
});

function openNothing(): never {
  throw new Error("no such group");
}

function filterOf(action: string): object {
  const conditions = [{ actionCondition: { action } }];
  const filters = [{ behavior: "KEEP", requirement: "MEETS_ANY", conditions }];
  return { loggingFilter: { defaultBehavior: "DROP", filters } };
}
