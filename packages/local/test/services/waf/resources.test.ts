/** aws:wafv2 resources: applied, changed, removed, rejected. */
import { beforeEach, describe, expect, it } from "vitest";
import { createDeployments } from "../../../src/deployments/deployments.ts";
import type { Registration } from "../../../src/deployments/protocol.ts";
import { createLogGroups } from "../../../src/services/cloudwatch-logs/log-groups.ts";
import { createLogDelivery } from "../../../src/services/cloudwatch-logs/log-delivery.ts";
import { createRoles } from "../../../src/services/iam/roles.ts";
import { wafResources } from "../../../src/services/waf/resources/waf.ts";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { ask, blocks, environment, stage, visibilityConfig } from "./web-acls.ts";

const logGroup = "aws-waf-logs-api";
const logGroupArn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroup}`;
const otherStage = stage.replace("local", "other");

const acl = (rules: object[] = []) => ({
  scope: "REGIONAL",
  description: "In front of the API",
  defaultAction: { allow: {} },
  rules,
  visibilityConfig,
});
const networks = (...addresses: string[]) => ({
  scope: "REGIONAL",
  ipAddressVersion: "IPV4",
  addresses,
});

const patterns = (regexString: string) => ({
  scope: "REGIONAL",
  description: "Paths",
  regularExpressions: [{ regexString }],
});
const group = (name: string, priority: number) => ({
  name,
  priority,
  overrideAction: { count: {} },
  visibilityConfig,
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
});

function createBench() {
  const waf = createWaf(environment);
  const logs = createLogGroups();
  const logDelivery = createLogDelivery({ ...environment, logs, roles: createRoles() });
  const deployments = createDeployments(wafResources({ waf, logs, logDelivery }), () => ({}));
  const apply = (
    kind: string,
    inputs: Record<string, unknown>,
    name = "it",
    options: Partial<Registration> = {},
  ) =>
    deployments.apply({
      urn: `urn:pulumi:local::app::aws:wafv2/${kind}::${name}`,
      type: `aws:wafv2/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
      name,
      parent: "",
      custom: true,
      ignoreChanges: [],
      dependencies: {},
      dependsOn: [],
      inputs,
      ...options,
    });
  /** Everything that the app's stack has of the firewall. */
  const applyAll = async (addresses: string[], resourceArn = stage) => {
    deployments.begin("local");
    const set = await apply("IpSet", networks(...addresses));
    const statement = { ipSetReferenceStatement: { arn: set.outputs["arn"] } };
    const webAcl = await apply("WebAcl", acl([blocks(statement)]));
    const webAclArn = String(webAcl.outputs["arn"]);
    const association = await apply("WebAclAssociation", { resourceArn, webAclArn });
    const logging = await apply("WebAclLoggingConfiguration", {
      resourceArn: webAclArn,
      logDestinationConfigs: [logGroupArn],
    });
    await deployments.complete();
    return { set, webAcl, association, logging, webAclArn };
  };
  return { waf, logs, deployments, apply, applyAll };
}

describe("the firewall's resources", () => {
  let bench: ReturnType<typeof createBench>;
  beforeEach(() => {
    bench = createBench();
    bench.logs.createGroup(logGroup);
    bench.deployments.begin("local");
  });

  it("protect the stage and log to the group once they are applied", async () => {
    const { webAcl, logging, webAclArn } = await bench.applyAll(["192.0.2.0/24"]);
    expect(ask(bench.waf, "192.0.2.1").action).toBe("block");
    expect(bench.logs.read(logGroup)).toMatchObject([
      { stream: expect.stringMatching(/^us-east-1_it-[0-9a-f]{7}_0$/) },
    ]);
    expect(webAcl.outputs).toMatchObject({ capacity: 1, name: expect.stringMatching(/^it-/) });
    expect(logging.id).toBe(webAclArn);
  });

  it("stay what they are when nothing has changed", async () => {
    const first = await bench.applyAll(["192.0.2.0/24"]);
    const second = await bench.applyAll(["192.0.2.0/24"]);
    const states = [second.set, second.webAcl, second.association, second.logging];
    expect(states.map(({ operation }) => operation)).toEqual(["same", "same", "same", "same"]);
    expect(second.webAclArn).toBe(first.webAclArn);
  });

  it("keep their ids and names when they change, and the change takes effect", async () => {
    const first = await bench.applyAll(["192.0.2.0/24"]);
    const second = await bench.applyAll(["198.51.100.0/24"]);
    expect(second.set).toMatchObject({ operation: "update", id: first.set.id });
    expect(second.set.outputs["arn"]).toBe(first.set.outputs["arn"]);
    expect(ask(bench.waf, "192.0.2.1").action).toBe("allow");
    expect(ask(bench.waf, "198.51.100.1").action).toBe("block");
  });

  it("no longer protect a stage once disassociated", async () => {
    await bench.applyAll(["192.0.2.0/24"]);
    await bench.applyAll(["192.0.2.0/24"], otherStage);
    expect(ask(bench.waf, "192.0.2.1").action).toBe("allow");
  });

  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/wafv2/web_acl_association.go
  it.each([
    ["no longer protect a stage whose web ACL is another one", {}, "allow"],
    ["protect it when the association is deleted first", { deleteBeforeReplace: true }, "block"],
  ])("%s", async (_, options, action) => {
    const { webAclArn: before } = await bench.applyAll(["192.0.2.0/24"]);
    bench.deployments.begin("local");
    const set = await bench.apply("IpSet", networks("192.0.2.0/24"));
    const statement = { ipSetReferenceStatement: { arn: set.outputs["arn"] } };
    const { outputs } = await bench.apply("WebAcl", acl([blocks(statement)]), "another");
    const association = { resourceArn: stage, webAclArn: outputs["arn"] };
    await bench.apply("WebAclAssociation", association, "it", options);
    await bench.deployments.complete();
    expect(outputs["arn"]).not.toBe(before);
    expect(ask(bench.waf, "192.0.2.1").action).toBe(action);
  });

  /** Deploys two web ACLs, of which one logs; their ARNs. */
  async function deployLoggingOf(logging: "one" | "other"): Promise<string[]> {
    bench.deployments.begin("local");
    const one = await bench.apply("WebAcl", acl(), "one");
    const other = await bench.apply("WebAcl", acl(), "other");
    const { arn: resourceArn } = { one, other }[logging].outputs;
    const logDestinationConfigs = [logGroupArn];
    await bench.apply("WebAclLoggingConfiguration", { resourceArn, logDestinationConfigs });
    await bench.deployments.complete();
    return [one, other].map(({ outputs }) => String(outputs["arn"]));
  }

  it("log for the web ACL that the configuration names now, and for no other", async () => {
    await deployLoggingOf("one");
    const arns = await deployLoggingOf("other");
    const logged = arns.map((webAclArn) => {
      bench.waf.associate(webAclArn, stage);
      ask(bench.waf, {});
      return bench.logs.read(logGroup).length;
    });
    expect(logged).toEqual([0, 1]);
  });

  it("are gone after the stack is removed", async () => {
    const { webAclArn, set } = await bench.applyAll(["192.0.2.0/24"]);
    const { removed } = await bench.deployments.destroy();
    expect(removed).toHaveLength(4);
    expect(ask(bench.waf, "192.0.2.1").action).toBe("allow");
    expect(() => bench.waf.counts(webAclArn)).toThrow("does not exist");
    const statement = { ipSetReferenceStatement: { arn: set.outputs["arn"] } };
    bench.deployments.begin("local");
    await expect(bench.apply("WebAcl", acl([blocks(statement)]))).rejects.toThrow("does not exist");
  });

  it("include regex pattern sets, which change in place", async () => {
    const first = await bench.apply("RegexPatternSet", patterns("^/a"));
    bench.deployments.begin("local");
    const second = await bench.apply("RegexPatternSet", patterns("^/b"));
    expect(second).toMatchObject({ operation: "update", id: first.id });
    expect(second.outputs["arn"]).toBe(first.outputs["arn"]);
    await bench.deployments.destroy();
    expect(bench.deployments.graph("local")).toEqual([]);
  });

  it("say once that managed groups are evaluated in part", async () => {
    await bench.apply(
      "WebAcl",
      acl([
        group("AWSManagedRulesCommonRuleSet", 0),
        group("AWSManagedRulesAmazonIpReputationList", 1),
      ]),
    );
    const limitations = bench.deployments.limitations("local");
    expect(limitations).toEqual([
      { service: "WAF", text: "managed rules and IP lists work only as far as AWS publishes them" },
    ]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ["WebAcl", "ruleJson", { ...acl(), ruleJson: "[]" }],
    ["WebAcl", "tokenDomains", { ...acl(), tokenDomains: ["example.com"] }],
    ["WebAcl", "captchaConfig", { ...acl(), captchaConfig: {} }],
    ["WebAcl", "customResponseBodies[0]", { ...acl(), customResponseBodies: [{}] }],
    ["WebAcl", "geoMatchStatement", acl([blocks({ geoMatchStatement: {} })])],
    ["WebAcl", "scope", { ...acl(), scope: "CLOUDFRONT" }],
    ["RegexPatternSet", "scope", { scope: "CLOUDFRONT" }],
    ["WebAclLoggingConfiguration", "logScope", { resourceArn: "arn", logScope: "CUSTOMER" }],
  ])("%s rejects %s by name", async (kind, name, inputs) => {
    await expect(bench.apply(kind, inputs)).rejects.toThrow(name);
  });

  it("are rejected when they log to a group that does not exist", async () => {
    bench.logs.deleteGroup(logGroup);
    await expect(bench.applyAll(["192.0.2.0/24"])).rejects.toThrow(
      `The firewall's log group "${logGroup}" does not exist.`,
    );
  });
});
