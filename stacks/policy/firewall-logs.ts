/** Rules about what the firewall records: a log and samples without tokens, queries and names; metrics. */
import * as z from "zod";
import { allOf, ruleFor, unless } from "./graph.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

const credentials = ["authorization", "proxy-authorization", "x-api-key", "cookie"];

const loggingSchema = z.object({
  resourceArn: z.string(),
  logDestinationConfigs: z.array(z.string()).min(1),
  loggingFilter: z.unknown().optional(),
  redactedFields: z
    .array(z.object({ singleHeader: z.object({ name: z.string() }).optional() }))
    .default([]),
});

const firewallLogs = ruleFor(
  "firewall-logs-without-tokens",
  WEB_ACL,
  z.unknown(),
  (_, graph, { outputs }) => {
    const logging = allOf(graph, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration")
      .flatMap(({ inputs }) => loggingSchema.safeParse(inputs).data ?? [])
      .filter(({ resourceArn }) => resourceArn === outputs["arn"]);
    const [only] = logging;
    if (only === undefined) return ["must log requests"];
    const redacted = only.redactedFields.map((field) => field.singleHeader?.name);
    return [
      ...unless(
        only.loggingFilter === undefined,
        "must log every request, not what a filter keeps",
      ),
      ...credentials
        .filter((header) => !redacted.includes(header))
        .map((header) => `must redact the header ${header} in its log`),
    ];
  },
);

const protection = z.object({
  action: z.string(),
  field: z.object({ fieldType: z.string(), fieldKeys: z.array(z.string()).default([]) }),
  excludeRuleMatchDetails: z.boolean().default(false),
  excludeRateBasedDetails: z.boolean().default(false),
});

/** A hash can be guessed where a name or a number is short: only a substitution counts. */
const firewallProtectsData = ruleFor(
  "firewall-protects-data",
  WEB_ACL,
  z.object({
    dataProtectionConfig: z
      .object({ dataProtections: z.array(protection) })
      .default({ dataProtections: [] }),
  }),
  ({ dataProtectionConfig: { dataProtections } }) => {
    const fields = dataProtections
      .filter(({ action }) => action === "SUBSTITUTION")
      .filter((one) => !one.excludeRuleMatchDetails && !one.excludeRateBasedDetails)
      .map(({ field }) => field);
    const isProtected = (type: string, key?: string) =>
      fields.some(
        ({ fieldType, fieldKeys }) =>
          fieldType === type &&
          (fieldKeys.length === 0 || (key !== undefined && fieldKeys.includes(key))),
      );
    const samples = "in its log and samples";
    return [
      ...credentials
        .filter((header) => !isProtected("SINGLE_HEADER", header))
        .map((header) => `must protect the header ${header} ${samples}`),
      ...unless(isProtected("SINGLE_COOKIE"), `must protect every cookie ${samples}`),
      ...unless(isProtected("QUERY_STRING"), `must protect query strings ${samples}`),
      ...unless(isProtected("BODY"), `must protect bodies, which matches quote, ${samples}`),
    ];
  },
);

const measured = z.object({
  visibilityConfig: z.object({ cloudwatchMetricsEnabled: z.literal(true) }),
});

const firewallMeasuresItsRules = ruleFor(
  "firewall-measures-its-rules",
  WEB_ACL,
  z.looseObject({ rules: z.array(z.looseObject({ name: z.string() })).default([]) }),
  (webAcl) => [
    ...unless(measured.safeParse(webAcl).success, "must have metrics"),
    ...webAcl.rules
      .filter((rule) => !measured.safeParse(rule).success)
      .map(({ name }) => `must have metrics of its rule ${name}`),
  ],
);

/** Every rule about what the firewall records. */
export const firewallLogRules = [firewallLogs, firewallProtectsData, firewallMeasuresItsRules];
