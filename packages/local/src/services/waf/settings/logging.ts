/** Logging settings, in the shape of Pulumi's `aws.wafv2.WebAclLoggingConfiguration`. */
import * as z from "zod";
import { UnsupportedRuleError, WafConfigurationError } from "./errors.ts";
import { empty, hasOneKey } from "./one-key.ts";

const redactedField = z
  .strictObject({
    method: empty.optional(),
    queryString: empty.optional(),
    singleHeader: z.strictObject({ name: z.string().min(1) }).optional(),
    uriPath: empty.optional(),
  })
  .refine(hasOneKey, { error: "Give exactly one field." });

const behavior = z.enum(["KEEP", "DROP"]);

const condition = z
  .strictObject({
    actionCondition: z.strictObject({ action: z.enum(["ALLOW", "BLOCK", "COUNT"]) }).optional(),
    labelNameCondition: z.strictObject({ labelName: z.string().min(1) }).optional(),
  })
  .refine(hasOneKey, { error: "Give exactly one condition." });

const loggingFilter = z.strictObject({
  defaultBehavior: behavior,
  filters: z
    .array(
      z.strictObject({
        behavior,
        requirement: z.enum(["MEETS_ALL", "MEETS_ANY"]),
        conditions: z.array(condition).min(1),
      }),
    )
    .min(1),
});

const loggingConfiguration = z.strictObject({
  logDestinationConfigs: z.array(z.string()).length(1),
  redactedFields: z.array(redactedField).max(100).default([]),
  loggingFilter: loggingFilter.optional(),
});

/** A logging filter: which requests are kept and which dropped. */
export type LoggingFilter = z.output<typeof loggingFilter>;

/** What log lines redact. */
export interface Redaction {
  readonly method: boolean;
  readonly queryString: boolean;
  readonly uriPath: boolean;
  /** In lower case. */
  readonly headers: ReadonlySet<string>;
}

/** A logging configuration all of whose parts are supported. */
export interface LoggingSettings {
  readonly logGroup: string;
  readonly redaction: Redaction;
  readonly filter: LoggingFilter | undefined;
}

/**
 * Parses a logging configuration.
 * @throws UnsupportedRuleError naming what is not supported, including destinations that are not
 * log groups; WafConfigurationError for a log group whose name AWS WAF rejects.
 */
export function parseLogging(input: Readonly<Record<string, unknown>>): LoggingSettings {
  const parsed = loggingConfiguration.safeParse(input);
  if (!parsed.success) {
    throw new UnsupportedRuleError(
      `The local cloud does not support the logging configuration: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { logDestinationConfigs, redactedFields, loggingFilter: filter } = parsed.data;
  return {
    logGroup: readLogGroup(logDestinationConfigs[0] ?? ""),
    redaction: {
      method: redactedFields.some((field) => field.method),
      queryString: redactedFields.some((field) => field.queryString),
      uriPath: redactedFields.some((field) => field.uriPath),
      headers: new Set(
        redactedFields.flatMap(({ singleHeader }) => singleHeader?.name.toLowerCase() ?? []),
      ),
    },
    filter,
  };
}

/** AWS WAF requires the prefix (WAF/logging-management), and names the log streams itself. */
function readLogGroup(arn: string): string {
  const [, name] = /^arn:aws:logs:[^:]+:\d+:log-group:([^:]+)(?::\*)?$/.exec(arn) ?? [];
  if (name === undefined) {
    throw new UnsupportedRuleError(
      `The local cloud writes the firewall's log only to CloudWatch log groups, not to ${arn}.`,
    );
  }
  if (name.startsWith("aws-waf-logs-")) return name;
  throw new WafConfigurationError(
    "WAFInvalidParameterException",
    `The name of the log group "${name}" does not start with aws-waf-logs-, as AWS WAF requires.`,
  );
}
