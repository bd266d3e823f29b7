/**
 * The web application firewall: IP sets, regex pattern sets, and web ACLs with the resources that
 * they protect and their logging.
 */
import type { Limitation } from "../../provider/limitations.ts";
import { randomUUID } from "node:crypto";
import { assertUnique, sourceOf, totalCapacity } from "./checks.ts";
import { WafConfigurationError } from "./settings/errors.ts";
import { createIpSets, type IpSetInput } from "./inspection/ip-sets.ts";
import { createRegexSets, type RegexSetInput } from "./inspection/regex-sets.ts";
import { findGroup, partlyPublished } from "./managed/catalogue.ts";
import type { WafRequest } from "./inspection/request.ts";
import type { Sample } from "./samples.ts";
import { parseLogging } from "./settings/logging.ts";
import { parseWebAcl, type WebAclInput, type WebAclSettings } from "./settings/web-acl.ts";
import { outermost, referencesOf } from "./statements/walk.ts";
import type { WebAclCounts } from "./evaluation/rule-metrics.ts";
import type { Decision } from "./evaluation/decision.ts";
import type { Measure } from "../cloudwatch/measurement.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { createWebAcl, type WafLog, type WebAcl } from "./web-acl.ts";

/** The firewall's region and account, and its clock (ms since 1970; tests pass their own). */
interface WafOptions extends AwsEnvironment {
  readonly now?: () => number;
  /** Default: what is measured is discarded. */
  readonly measure?: Measure;
}

/** Creates an empty firewall. */
export function createWaf({ region, account, now = Date.now, measure = discard }: WafOptions) {
  const arnPrefix = `arn:aws:wafv2:${region}:${account}:regional`;
  const ipSets = createIpSets(arnPrefix);
  const regexSets = createRegexSets(arnPrefix);
  const webAcls = new Map<string, WebAcl>();
  const webAclIdByResource = new Map<string, string>();
  const logByWebAclId = new Map<string, WafLog>();

  function find(arn: string): [id: string, webAcl: WebAcl] {
    const found = webAcls.entries().find(([, acl]) => acl.arn === arn);
    if (found) return found;
    throw new WafConfigurationError(
      "WAFNonexistentItemException",
      `The web ACL ${arn} does not exist.`,
    );
  }

  function assertUnused(what: string, arn: string | undefined): void {
    const statements = webAcls.values().flatMap(({ settings }) => settings.rules.map(outermost));
    if (statements.some((one) => one && referencesOf(one).some((used) => used === arn))) {
      throw inUse(`The ${what} ${arn}`);
    }
  }

  /**
   * Creates a web ACL, or replaces the one with this id, whose metrics and samples are reset.
   * @throws UnsupportedRuleError naming what is not evaluated here; WafConfigurationError when
   * a referenced set is missing, two rules share a priority or a name, or the capacity is
   * exceeded.
   */
  function putWebAcl(input: WebAclInput): { id: string; arn: string; capacity: number } {
    const settings = parseWebAcl(input);
    assertUnique(settings);
    const capacity = totalCapacity(settings);
    const id = settings.id ?? randomUUID();
    const arn = `${arnPrefix}/webacl/${settings.name}/${id}`;
    const context = { ipSets, regexSets, now };
    webAcls.set(id, createWebAcl(arn, settings, { region, account, measure }, context));
    return { id, arn, capacity };
  }

  /** Removes a web ACL. @throws WafConfigurationError while it is associated. */
  function deleteWebAcl(id: string): void {
    if (webAclIdByResource.values().some((used) => used === id)) {
      throw inUse(`The web ACL ${webAcls.get(id)?.arn}`);
    }
    webAcls.delete(id);
    logByWebAclId.delete(id);
  }

  /**
   * Associates a web ACL with an API's stage or a user pool, in place of the previous one.
   * @throws WafConfigurationError when the web ACL does not exist; UnsupportedRuleError for any
   * other resource, which would not be protected here.
   */
  function associate(webAclArn: string, resourceArn: string): void {
    const [id] = find(webAclArn);
    sourceOf(resourceArn, account);
    webAclIdByResource.set(resourceArn, id);
  }

  /**
   * Sets the logging configuration of a web ACL. `open` returns the writer for a log group's name;
   * it may throw.
   * @throws WafConfigurationError, UnsupportedRuleError as `parseLogging`, or when there is no
   * such web ACL.
   */
  function putLogging(
    webAclArn: string,
    input: Readonly<Record<string, unknown>>,
    open: (logGroup: string) => WafLog["write"],
  ): void {
    const [id] = find(webAclArn);
    const settings = parseLogging(input);
    logByWebAclId.set(id, { ...settings, write: open(settings.logGroup) });
  }

  /** Evaluates the resource's web ACL; a resource without one allows every request. */
  function evaluate(resourceArn: string, request: WafRequest): Decision & { webAclArn?: string } {
    const id = webAclIdByResource.get(resourceArn) ?? "";
    const acl = webAcls.get(id);
    if (!acl) return { action: "allow", matched: [] };
    const decision = acl.decide(request, resourceArn, logByWebAclId.get(id));
    return { ...decision, webAclArn: acl.arn };
  }

  return {
    /** Creates an IP set, or replaces the one with this id. For errors see `IpSets.put`. */
    putIpSet: (input: IpSetInput): { id: string; arn: string } => ipSets.put(input),

    /** Removes an IP set. @throws WafConfigurationError while a rule refers to it. */
    deleteIpSet(id: string): void {
      assertUnused("IP set", ipSets.arnOf(id));
      ipSets.remove(id);
    },

    /** Creates a regex pattern set, or replaces it. For errors see `RegexSets.put`. */
    putRegexPatternSet: (input: RegexSetInput): { id: string; arn: string } => regexSets.put(input),

    /** Removes a regex pattern set. @throws WafConfigurationError while a rule refers to it. */
    deleteRegexPatternSet(id: string): void {
      assertUnused("regex pattern set", regexSets.arnOf(id));
      regexSets.remove(id);
    },

    putWebAcl,
    deleteWebAcl,
    associate,

    /** Disassociates the web ACL of a resource; a resource without one is no error. */
    disassociate(resourceArn: string): void {
      webAclIdByResource.delete(resourceArn);
    },

    putLogging,

    /** Removes the logging configuration of a web ACL; one without it is no error. */
    deleteLogging(webAclArn: string): void {
      const found = webAcls.entries().find(([, { arn }]) => arn === webAclArn);
      if (found) logByWebAclId.delete(found[0]);
    },

    evaluate,

    /** The settings of a resource's web ACL; undefined for a resource without one. */
    settingsOf: (resourceArn: string): WebAclSettings | undefined =>
      webAcls.get(webAclIdByResource.get(resourceArn) ?? "")?.settings,

    /** How many bytes of a body are inspected for a resource; 0 for one without a web ACL. */
    inspectedBytes: (resourceArn: string): number =>
      webAcls.get(webAclIdByResource.get(resourceArn) ?? "")?.settings.bodyLimit ?? 0,

    /** The rule metrics of a web ACL. @throws WafConfigurationError when there is none. */
    counts: (webAclArn: string): WebAclCounts => find(webAclArn)[1].counts(),

    /** Sampled requests of a web ACL, oldest first. @throws WafConfigurationError */
    samples: (webAclArn: string): Sample[] => find(webAclArn)[1].samples(),

    /** What a web ACL does not do as on AWS. @throws UnsupportedRuleError, WafConfigurationError */
    limitations(input: WebAclInput): Limitation[] {
      const groups = parseWebAcl(input).rules.flatMap((rule) =>
        rule.kind === "group" ? [findGroup(rule.group)] : [],
      );
      return groups.length > 0 ? [partlyPublished] : [];
    },
  };
}

const discard: Measure = () => undefined;

/** The firewall of one local cloud. */
export type Waf = ReturnType<typeof createWaf>;

function inUse(what: string): WafConfigurationError {
  return new WafConfigurationError("WAFAssociatedItemException", `${what} is still in use.`);
}
