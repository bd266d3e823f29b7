/** CloudWatch Logs as a service of the endpoint: reads the log groups. */
import * as z from "zod";
import type { LogGroups } from "../log-groups.ts";
import { jsonService } from "../../../aws-protocol/json-protocol.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../../aws-protocol/service.ts";
import { filterLogEvents } from "./filter-log-events.ts";
import { getLogEvents } from "./get-log-events.ts";
import { groupOperations } from "./groups.ts";
import { groupNamed } from "./names.ts";

/** The options of the service. */
export type CloudWatchLogsOptions = AwsEnvironment & { logs: LogGroups };

const named = z.looseObject({
  logGroupName: z.string().optional(),
  logGroupIdentifier: z.string().optional(),
  logStreamName: z.string().optional(),
});

/**
 * The service over the log groups. Authorized for a stream even where a call names only a group:
 * `…:log-group:NAME:log-stream:` (recorded: prowler-cloud/prowler#37, mweagle/Sparta#7).
 */
export function createCloudWatchLogs({ logs, ...environment }: CloudWatchLogsOptions): AwsService {
  const { region, account } = environment;
  return jsonService({
    targetPrefix: "Logs_20140328",
    invalidInput: "InvalidParameterException",
    operations: {
      ...groupOperations(logs, environment),
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
