/** A web ACL at work: decides on requests, and counts, samples and logs what it decides. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { sourceIdOf } from "./checks.ts";
import { compileWebAcl } from "./evaluation.ts";
import { isLogged } from "./logging/filter.ts";
import { describeRequest, noRedaction, sampleRedaction } from "./logging/http-request.ts";
import { renderRecord } from "./logging/record.ts";
import { viewRequest, type WafRequest } from "./request.ts";
import { createSamples, type Sample } from "./samples.ts";
import type { LoggingSettings } from "./settings/logging.ts";
import type { WebAclSettings } from "./settings/web-acl.ts";
import type { StatementContext } from "./statements/compile.ts";
import { createTally, type WebAclCounts } from "./rule-metrics.ts";
import type { Verdict } from "./decision.ts";

/** A line of the firewall's log, and where it belongs. */
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

/** A web ACL that can be asked. */
export interface WebAcl {
  readonly arn: string;
  readonly settings: WebAclSettings;
  /** Decides on a request to a resource. */
  decide(request: WafRequest, resourceArn: string, log: WafLog | undefined): Verdict;
  /** What its rules did so far. */
  counts(): WebAclCounts;
  /** Samples of what it has decided on, oldest first. */
  samples(): Sample[];
}

/** Makes a web ACL of parsed settings. For errors see `compileWebAcl`. */
export function createWebAcl(
  arn: string,
  settings: WebAclSettings,
  { region, account }: AwsEnvironment,
  context: StatementContext,
): WebAcl {
  const evaluate = compileWebAcl(settings, context);
  const tally = createTally(settings);
  const samples = createSamples(settings);

  return {
    arn,
    settings,
    counts: () => tally.counts(),
    samples: () => samples.list(),
    decide(request, resourceArn, log) {
      const view = viewRequest(request, settings.bodyLimit);
      const verdict = evaluate(view);
      const time = context.now();
      const redaction = log?.redaction ?? noRedaction;
      tally.record(verdict);
      samples.record(verdict, describeRequest(request, sampleRedaction(redaction)), time);
      if (!log || !isLogged(verdict, log.filter)) return verdict;
      const httpRequest = describeRequest(request, redaction);
      const sourceId = sourceIdOf(resourceArn, account);
      log.write({
        group: log.logGroup,
        // The form that WAF/logging-cw-logs gives.
        stream: `${region}_${settings.name}_0`,
        timestamp: time,
        message: renderRecord({ time, webAclArn: arn, sourceId, verdict, view, httpRequest }),
      });
      return verdict;
    },
  };
}
