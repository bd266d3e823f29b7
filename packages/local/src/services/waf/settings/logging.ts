/** Where a web ACL logs, what it leaves out, in the shape of `aws.wafv2.WebAclLoggingConfiguration`. */
import * as z from "zod";
import { UnsupportedRuleError, WafConfigurationError } from "../errors.ts";
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

/** What is kept and what is dropped. */
export type LoggingFilter = z.output<typeof loggingFilter>;

/** What log lines and samples do not show. */
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
 * @throws UnsupportedRuleError naming what is not supported, a destination that is no log group
 * included; WafConfigurationError for a log group whose name AWS WAF refuses.
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

/** The prefix is AWS WAF's condition (WAF/logging-management); log streams are left to it. */
function readLogGroup(arn: string): string {
  const [, name] = /^arn:aws:logs:[^:]+:\d+:log-group:([^:]+)(?::\*)?$/.exec(arn) ?? [];
  if (name === undefined) {
    throw new UnsupportedRuleError(
      `The local cloud writes the firewall's log to CloudWatch log groups alone, not to ${arn}.`,
    );
  }
  if (name.startsWith("aws-waf-logs-")) return name;
  throw new WafConfigurationError(
    "WAFInvalidParameterException",
    `The name of the log group "${name}" does not start with aws-waf-logs-, as AWS WAF wants it.`,
  );
}
