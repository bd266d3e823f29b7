/**
 * The web application firewall: IP sets, web ACLs, and which resource each one guards.
 *
 * `WAF/x` in this folder is the page x of AWS's WAF developer guide
 * (docs.aws.amazon.com/waf/latest/developerguide).
 */
import { randomUUID } from "node:crypto";
import { UnsupportedRuleError, WafConfigurationError } from "./errors.ts";
import { createIpSets, type IpSetInput } from "./ip-sets.ts";
import { parseWebAcl, type WebAclInput, type WebAclSettings } from "./rules.ts";
import { capacityOf, ipSetsOf, type WafRequest } from "./statements.ts";
import { compileWebAcl, type CompiledWebAcl, type Verdict, type WebAclCounts } from "./web-acl.ts";

export { UnsupportedRuleError, WafConfigurationError };
export type { IpSetInput, Verdict, WafRequest, WebAclCounts, WebAclInput };

/** Where the firewall stands, and its clock (ms since 1970; tests give their own). */
export interface WafOptions {
  region: string;
  account: string;
  now?: () => number;
}

interface StoredWebAcl {
  arn: string;
  settings: WebAclSettings;
  compiled: CompiledWebAcl;
}

/** Creates an empty firewall. */
export function createWaf({ region, account, now = Date.now }: WafOptions) {
  const arnPrefix = `arn:aws:wafv2:${region}:${account}:regional`;
  const ipSets = createIpSets(arnPrefix);
  const webAcls = new Map<string, StoredWebAcl>();
  const webAclIdByResource = new Map<string, string>();

  const byArn = (arn: string) => webAcls.entries().find(([, acl]) => acl.arn === arn);

  return {
    /** Creates an IP set, or replaces the one with this id. For errors see `IpSets.put`. */
    putIpSet: (input: IpSetInput): { id: string; arn: string } => ipSets.put(input),

    /** Removes an IP set. @throws WafConfigurationError while a rule refers to it. */
    deleteIpSet(id: string): void {
      const arn = ipSets.arnOf(id);
      const users = webAcls.values().flatMap(({ settings }) => settings.rules);
      if (users.some(({ statement }) => ipSetsOf(statement).some((used) => used === arn))) {
        throw inUse(`The IP set ${arn}`);
      }
      ipSets.remove(id);
    },

    /**
     * Creates a web ACL, or replaces the one with this id; its counts start anew.
     * @throws UnsupportedRuleError naming what is not evaluated here; WafConfigurationError when
     * a referenced IP set is missing, or when two rules share a priority or a name.
     */
    putWebAcl(input: WebAclInput): { id: string; arn: string; capacity: number } {
      const settings = parseWebAcl(input);
      refuseDuplicates(settings);
      const compiled = compileWebAcl(settings, ipSets, now);
      const id = settings.id ?? randomUUID();
      const arn = `${arnPrefix}/webacl/${settings.name}/${id}`;
      webAcls.set(id, { arn, settings, compiled });
      const capacity = settings.rules.reduce((sum, rule) => sum + capacityOf(rule.statement), 0);
      return { id, arn, capacity };
    },

    /** Removes a web ACL. @throws WafConfigurationError while it guards a resource. */
    deleteWebAcl(id: string): void {
      if (webAclIdByResource.values().some((used) => used === id)) {
        throw inUse(`The web ACL ${webAcls.get(id)?.arn}`);
      }
      webAcls.delete(id);
    },

    /**
     * Puts a web ACL in front of a resource, in place of the one it had.
     * @throws WafConfigurationError when the web ACL does not exist.
     */
    associate(webAclArn: string, resourceArn: string): void {
      const found = byArn(webAclArn);
      if (!found) throw missing(webAclArn);
      webAclIdByResource.set(resourceArn, found[0]);
    },

    /** Leaves a resource without a web ACL; one that had none is no error. */
    disassociate(resourceArn: string): void {
      webAclIdByResource.delete(resourceArn);
    },

    /** What the resource's web ACL does with a request; a resource without one lets all pass. */
    evaluate(resourceArn: string, request: WafRequest): Verdict & { webAclArn?: string } {
      const acl = webAcls.get(webAclIdByResource.get(resourceArn) ?? "");
      if (!acl) return { action: "allow", matched: [] };
      return { ...acl.compiled.evaluate(request), webAclArn: acl.arn };
    },

    /** What the rules of a web ACL did so far. @throws WafConfigurationError when there is none. */
    counts(webAclArn: string): WebAclCounts {
      const found = byArn(webAclArn);
      if (!found) throw missing(webAclArn);
      return found[1].compiled.counts();
    },
  };
}

/** The firewall of one local cloud. */
export type Waf = ReturnType<typeof createWaf>;

function refuseDuplicates({ name, rules }: WebAclSettings): void {
  for (const key of ["name", "priority"] as const) {
    if (new Set(rules.map((rule) => rule[key])).size < rules.length) {
      throw new WafConfigurationError(
        "WAFInvalidParameterException",
        `Two rules of the web ACL "${name}" have the same ${key}.`,
      );
    }
  }
}

function inUse(what: string): WafConfigurationError {
  return new WafConfigurationError("WAFAssociatedItemException", `${what} is still in use.`);
}

function missing(arn: string): WafConfigurationError {
  return new WafConfigurationError(
    "WAFNonexistentItemException",
    `The web ACL ${arn} does not exist.`,
  );
}
