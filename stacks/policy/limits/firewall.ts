/** Limits of WAF: those of sizes and numbers are documented (WAF/limits). */
import * as z from "zod";
import { inputs, part, text, whole, type Limits } from "./checks.ts";

const name = text(128, /^[\w-]+$/);
const description = text(256, /^[\w+=:#@/,.\s-]+$/);

/** Reserved: All and Default_Action (WAF-API/VisibilityConfig). */
const visibilityConfig = part({ metricName: text(255, /^(?!(?:All|Default_Action)$)[\w#:./-]+$/) });

const rules = z
  .array(
    part({
      name,
      visibilityConfig,
      statement: part({
        rateBasedStatement: part({
          limit: whole(10, 2_000_000_000),
          evaluationWindowSec: z.literal([60, 120, 300, 600]),
        }),
      }),
      priority: z.int().min(0),
    }),
  )
  .refine((all) => new Set(all.map(({ priority }) => priority)).size === all.length, {
    error: "must have different priorities",
  });

/** By type. Capacity units are counted by the local cloud, which refuses too many. */
export const firewall: Limits = {
  "aws:wafv2/webAcl:WebAcl": inputs({ name, description, visibilityConfig, rules }),
  "aws:wafv2/ipSet:IpSet": inputs({
    name,
    description,
    addresses: z.array(text(50)).max(10_000),
  }),
  "aws:wafv2/webAclAssociation:WebAclAssociation": inputs(),
  /** One destination; a log group's name begins so (WAF/logging-cw-logs). */
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": inputs({
    logDestinationConfigs: z
      .array(z.string().regex(/:(?:log-group:)?aws-waf-logs-[^:]*$/))
      .length(1),
    redactedFields: z.array(part({ singleHeader: part({ name: text(64) }) })).max(100),
  }),
};
