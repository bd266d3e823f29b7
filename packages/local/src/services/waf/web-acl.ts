/** A web ACL: decides on requests, and counts, samples and logs its decisions. */
import type { Measure } from "../cloudwatch/measurement.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { sourceOf } from "./checks.ts";
import { compileWebAcl } from "./evaluation/compile-web-acl.ts";
import { shouldLog } from "./logging/filter.ts";
import { createProtection } from "./logging/data-protection.ts";
import { credentials, describeRequest, redact } from "./logging/http-request.ts";
import { renderRecord } from "./logging/record.ts";
import { viewRequest, type WafRequest } from "./inspection/request.ts";
import { createSamples, type Sample } from "./samples.ts";
import type { LoggingSettings } from "./settings/logging.ts";
import type { WebAclSettings } from "./settings/web-acl.ts";
import type { StatementContext } from "./statements/compile.ts";
import { createDecisionMeasurements } from "./metrics.ts";
import { createRuleMetrics, type WebAclCounts } from "./evaluation/rule-metrics.ts";
import type { Decision } from "./evaluation/decision.ts";

/** A line of the firewall's log, with its log group and stream. */
export interface WafLogEvent {
  readonly group: string;
  readonly stream: string;
  /** In ms since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** Where a web ACL logs. */
export interface WafLog extends LoggingSettings {
  readonly write: (event: WafLogEvent) => void;
}

/** A compiled web ACL. */
export interface WebAcl {
  readonly arn: string;
  readonly settings: WebAclSettings;
  /** Decides on a request to a resource. */
  decide(request: WafRequest, resourceArn: string, log: WafLog | undefined): Decision;
  /** Its rule metrics. */
  counts(): WebAclCounts;
  /** Its sampled requests, oldest first. */
  samples(): Sample[];
}

/** Creates a web ACL from parsed settings. For errors see `compileWebAcl`. */
export function createWebAcl(
  arn: string,
  settings: WebAclSettings,
  { region, account, measure }: AwsEnvironment & { readonly measure: Measure },
  context: StatementContext,
): WebAcl {
  const evaluate = compileWebAcl(settings, context);
  const metrics = createRuleMetrics(settings);
  const measurementsOf = createDecisionMeasurements(settings, region);
  const samples = createSamples(settings);
  const protect = createProtection(settings.dataProtectionConfig, account);

  function decide(request: WafRequest, resourceArn: string, log: WafLog | undefined): Decision {
    const view = viewRequest(request, settings.bodyLimit);
    const decision = evaluate(view);
    const time = context.now();
    const described = protect(describeRequest(view));
    metrics.record(decision);
    measure(...measurementsOf(decision));
    samples.record(decision, redact(described, credentials), time);
    if (!log || !shouldLog(decision, log.filter)) return decision;
    const httpRequest = redact(described, log.redaction);
    const source = sourceOf(resourceArn, account);
    log.write({
      group: log.logGroup,
      // The form documented in WAF/logging-cw-logs.
      stream: `${region}_${settings.name}_0`,
      timestamp: time,
      message: renderRecord({ time, webAclArn: arn, source, decision, view, httpRequest }),
    });
    return decision;
  }

  return {
    arn,
    settings,
    counts: () => metrics.counts(),
    samples: () => samples.list(),
    decide,
  };
}
