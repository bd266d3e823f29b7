/** aws:wafv2: IP sets, regex pattern sets, web ACLs, what they protect and where they log. */
import * as z from "zod";
import { type ApplyContext, defineResource } from "../../../provider/resource-type.ts";
import { physicalName } from "../../../provider/physical-name.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { LogDelivery } from "../../cloudwatch-logs/log-delivery.ts";
import type { LogGroups } from "../../cloudwatch-logs/log-groups.ts";
import { WafConfigurationError } from "../settings/errors.ts";
import type { Waf } from "../waf.ts";

const webAclInputs = z.strictObject({
  name: z.string().optional(),
  scope: z.literal("REGIONAL"),
  associationConfig: z.unknown().optional(),
  customResponseBodies: z.unknown().optional(),
  dataProtectionConfig: z.unknown().optional(),
  defaultAction: z.unknown(),
  rules: z.array(z.unknown()).default([]),
  visibilityConfig: z.unknown(),
});

interface WafStores {
  readonly waf: Waf;
  readonly logs: LogGroups;
  readonly logDelivery: LogDelivery;
}

/** The resource types of aws:wafv2. */
export const wafResources = ({ waf, logs, logDelivery }: WafStores) => [
  defineResource({
    type: "aws:wafv2/ipSet:IpSet",
    inputs: z.strictObject({
      name: z.string().optional(),
      scope: z.literal("REGIONAL"),
      ipAddressVersion: z.enum(["IPV4", "IPV6"]),
      addresses: z.array(z.string()).default([]),
    }),
    inert: ["description"],
    apply: (inputs, context) => {
      const named = { ...inputs, ...identity(inputs.name, context) };
      const { id, arn } = waf.putIpSet(named);
      return { id, outputs: { arn, name: named.name } };
    },
    remove: ({ id }) => waf.deleteIpSet(id),
  }),
  defineResource({
    type: "aws:wafv2/regexPatternSet:RegexPatternSet",
    inputs: z.strictObject({
      name: z.string().optional(),
      scope: z.literal("REGIONAL"),
      regularExpressions: z.array(z.strictObject({ regexString: z.string() })).default([]),
    }),
    inert: ["description"],
    apply: (inputs, context) => {
      const named = { ...inputs, ...identity(inputs.name, context) };
      const { id, arn } = waf.putRegexPatternSet(named);
      return { id, outputs: { arn, name: named.name } };
    },
    remove: ({ id }) => waf.deleteRegexPatternSet(id),
  }),
  defineResource({
    type: "aws:wafv2/webAcl:WebAcl",
    inputs: webAclInputs,
    inert: ["description"],
    apply: (inputs, context) => {
      const named = { ...inputs, ...identity(inputs.name, context) };
      const { id, arn, capacity } = waf.putWebAcl(named);
      return { id, outputs: { arn, name: named.name, capacity } };
    },
    limitations: (inputs) => waf.limitations({ ...inputs, name: inputs.name ?? "unnamed" }),
    remove: ({ id }) => waf.deleteWebAcl(id),
  }),
  replacedWhen(
    ["resourceArn", "webAclArn"],
    defineResource({
      type: "aws:wafv2/webAclAssociation:WebAclAssociation",
      inputs: z.strictObject({ resourceArn: z.string(), webAclArn: z.string() }),
      apply: ({ resourceArn, webAclArn }) => {
        waf.associate(webAclArn, resourceArn);
        return { id: `${webAclArn},${resourceArn}`, outputs: {} };
      },
      remove: ({ outputs }) => waf.disassociate(z.string().parse(outputs["resourceArn"])),
    }),
  ),
  replacedWhen(
    ["resourceArn"],
    defineResource({
      type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      inputs: z.strictObject({
        resourceArn: z.string(),
        logDestinationConfigs: z.unknown(),
        redactedFields: z.unknown().optional(),
        loggingFilter: z.unknown().optional(),
      }),
      apply: ({ resourceArn, ...settings }) => {
        waf.putLogging(resourceArn, settings, (logGroup) => {
          if (logs.groups().some(({ name }) => name === logGroup)) {
            logDelivery.setUp(logGroup);
            return (event) => logDelivery.write(event);
          }
          throw new WafConfigurationError(
            "WAFNonexistentItemException",
            `The firewall's log group "${logGroup}" does not exist.`,
          );
        });
        return { id: resourceArn, outputs: {} };
      },
      remove: ({ id }) => waf.deleteLogging(id),
    }),
  ),
];

/** The name, a new one where the program gives none, and the id of what stands already. */
function identity(name: string | undefined, { name: logicalName, previous }: ApplyContext) {
  const kept = z.string().safeParse(previous?.outputs["name"]).data;
  return {
    name: name ?? kept ?? physicalName(logicalName),
    ...(previous ? { id: previous.id } : {}),
  };
}
