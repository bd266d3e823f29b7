/** The rules of stacks/policy: each detects the loss of the controls that it is for. */
import { expect, it } from "vitest";
import { checkGraph, ruleNames } from "../../../stacks/policy/index.ts";
import type { DeployedStage } from "./deployed.ts";
import { add, edit, editInput, type MutationRow } from "./mutate.ts";
import { mutations } from "./mutations.ts";
import { protectedStage, withNotifications } from "./notifications.ts";
import { withThreatProtection } from "./threat-protection-mutations.ts";
import { protectedMutations } from "./protected-mutations.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const ALARMS_NOTIFY = "alarms-notify";

export function testRules({ settings, graph }: DeployedStage): void {
  it.each(mutations)("detect the loss of %s", (_, mutate, rule) => {
    const changed = mutate(graph().resources);
    expect(changed).not.toEqual(graph().resources);
    expect(checkGraph(changed, settings).map((violation) => violation.rule)).toContain(rule);
  });

  it("of protected stages take one with all of its controls", () => {
    expect(checkGraph(withNotifications(graph().resources), protectedStage)).toEqual([]);
  });

  it.each(protectedMutations)("of protected stages detect the loss of %s", (_, mutate, rule) => {
    const changed = mutate(withNotifications(graph().resources));
    expect(checkGraph(changed, protectedStage).map((one) => one.rule)).toContain(rule);
    expect(checkGraph(changed, { protect: false })).toEqual([]);
  });

  it("take user pools of the Plus plan that send mail by SES, in protected stages too", () => {
    const protectedPools = withThreatProtection(graph().resources);
    expect(checkGraph(protectedPools, settings)).toEqual([]);
    expect(checkGraph(withNotifications(protectedPools), protectedStage)).toEqual([]);
  });

  it("take a sender whose domain is in upper case, as the setting does", () => {
    const pools = withThreatProtection(graph().resources);
    const sender = edit(
      "aws:cognito/userPool:UserPool",
      ["emailConfiguration", "fromEmailAddress"],
      '"Example" <No-Reply@Mail.Example.com>',
    );
    expect(checkGraph(sender(pools), settings)).toEqual([]);
  });

  it("take a second client of a pool", () => {
    const { resources } = graph();
    const second = resources
      .filter(({ type }) => type === "aws:cognito/userPoolClient:UserPoolClient")
      .slice(0, 1)
      .map((client) => ({ ...client, id: "second", urn: "second", name: "Second" }));
    expect(checkGraph([...resources, ...second], settings)).toEqual([]);
  });

  it("take data in a bucket of this app", () => {
    const bucket = "greeter-ada-files";
    const { resources } = graph();
    const [urn, name, parent, outputs] = ["files", "Files", "", {}] as const;
    const files = [
      { id: bucket, urn, name, parent, outputs, type: "aws:s3/bucket:Bucket", inputs: { bucket } },
      ...add(OBJECT, { bucket, key: "seed.json", content: "{}" })([]),
    ];
    const violations = checkGraph([...resources, ...files], settings);
    expect(violations.filter((one) => one.rule === "functions-have-no-layers")).toEqual([]);
  });

  it("take a variable that has a URL and an address, and no password", () => {
    const site = '{"site":"https://app.example.com","from":"no-reply@example.com"}';
    const variable = edit(
      "aws:lambda/function:Function",
      ["environment", "variables", "SITE"],
      site,
    );
    const violations = checkGraph(variable(graph().resources), settings);
    expect(violations.filter((one) => one.rule === "functions-hold-no-secret")).toEqual([]);
  });

  it('of protected stages take alarms that notify no address where alarmEmail is "none"', () => {
    const { resources } = graph();
    const brokenRules = (stage: object) =>
      new Set(checkGraph(resources, { protect: true, ...stage }).map(({ rule }) => rule));
    expect(brokenRules({})).toEqual(new Set([ALARMS_NOTIFY]));
    expect(brokenRules({ alarmEmail: "team@example.com" })).toEqual(new Set([ALARMS_NOTIFY]));
    expect(brokenRules({ alarmEmail: "none" })).toEqual(new Set());
  });

  it("of protected stages lead users only to pages that callbackUrls names", () => {
    const page = "https://app.example.com/";
    const client = "aws:cognito/userPoolClient:UserPoolClient";
    const leading = edit(client, ["callbackUrls"], [page])(graph().resources);
    const brokenRules = (stage: object) =>
      checkGraph(leading, { ...protectedStage, ...stage }).map(({ rule }) => rule);
    expect(brokenRules({ callbackUrls: undefined })).toContain("call-backs-are-https");
    expect(brokenRules({ callbackUrls: [page] })).not.toContain("call-backs-are-https");
  });

  it('of protected stages take a firewall that counts where its mode is "trial"', () => {
    const counting = editInput(WEB_ACL, "rules", (rules) =>
      rules.replaceAll(/"(?:block|none)":/g, '"count":'),
    )(graph().resources);
    const brokenRules = (mode: "count" | "trial" | "block") =>
      checkGraph(counting, { ...settings, firewall: { mode } }).map(({ rule }) => rule);
    expect(brokenRules("count")).toEqual(["firewall-blocks"]);
    expect(brokenRules("block")).toEqual(["firewall-blocks"]);
    expect(brokenRules("trial")).toEqual([]);
  });

  it("reject a function URL and an attached policy", () => {
    const url = add("aws:lambda/functionUrl:FunctionUrl", {})(graph().resources);
    expect(checkGraph(url, settings)).toEqual([
      expect.objectContaining({ rule: "functions-are-invoked-by-name", resource: "Extra" }),
    ]);
    const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const attached = add(attachment, { policyArn: "arn:x" })(graph().resources);
    expect(checkGraph(attached, settings)).toEqual([
      expect.objectContaining({ rule: "no-broad-managed-policies", resource: "Extra" }),
    ]);
  });

  it("are each seen failing for at least one lost control", () => {
    expect(rulesOf(mutations)).toEqual(ruleNames.always.toSorted());
    expect(rulesOf(protectedMutations)).toEqual(ruleNames.protected.toSorted());
  });
}

/** The rules that mutations are detected by. */
const rulesOf = (rows: readonly MutationRow[]) =>
  [...new Set(rows.map(([, , rule]) => rule))].toSorted();
