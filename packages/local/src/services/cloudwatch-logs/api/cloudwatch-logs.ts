/** CloudWatch Logs as a service of the endpoint: what stands in the log groups can be read. */
import * as z from "zod";
import type { LogGroups } from "../log-groups.ts";
import { jsonService } from "../../../aws-protocol/json-protocol.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../../aws-protocol/service.ts";
import { filterLogEvents } from "./filter-log-events.ts";
import { getLogEvents } from "./get-log-events.ts";
import { groupOperations } from "./groups.ts";
import { groupNamed } from "./names.ts";

/** What the service is made with. */
export type CloudWatchLogsOptions = AwsEnvironment & { logs: LogGroups };

const named = z.looseObject({
  logGroupName: z.string().optional(),
  logGroupIdentifier: z.string().optional(),
  logStreamName: z.string().optional(),
});

/**
 * The service over the log groups. IAM is asked about a stream even where a call names a group alone:
 * `…:log-group:NAME:log-stream:` (recorded: prowler-cloud/prowler#37, mweagle/Sparta#7).
 */
export function createCloudWatchLogs({ logs, ...place }: CloudWatchLogsOptions): AwsService {
  const { region, account } = place;
  return jsonService({
    targetPrefix: "Logs_20140328",
    invalidInput: "InvalidParameterException",
    operations: {
      ...groupOperations(logs, place),
      FilterLogEvents: filterLogEvents(logs),
      GetLogEvents: getLogEvents(logs),
    },
    resourceOf(input) {
      const { data = {} } = named.safeParse(input);
      const { logStreamName: stream = "" } = data;
      const group = groupNamed(data) ?? "";
      return `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${stream}`;
    },
  });
}
