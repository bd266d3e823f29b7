/** The operations on dashboards. */
import * as z from "zod";
import { AwsError } from "../../../aws-protocol/errors.ts";
import { operation, type JsonOperations } from "../../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../../aws-protocol/paging.ts";
import { faultsOfBody } from "../dashboard-body.ts";
import type { Dashboards } from "../dashboards.ts";

/** Recorded: LocalStack, its provider of CloudWatch; the length is documented: CLOUDWATCH-API/PutDashboard. */
export const dashboardName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\w-]*$/, "can only contain alphanumerics, dash (-) and underscore (_)");

/** How many a page of ListDashboards has (documented). */
const pageSize = 1_000;

/** PutDashboard, GetDashboard, ListDashboards and DeleteDashboards. */
export function dashboardOperations(dashboards: Dashboards): JsonOperations {
  function existing(name: string) {
    const found = dashboards.get(name);
    if (found !== undefined) return found;
    const message = `Dashboard ${name} does not exist`;
    throw new AwsError("DashboardNotFoundError", message, 404, "ResourceNotFound");
  }

  return {
    PutDashboard: operation(
      z.strictObject({ DashboardName: dashboardName, DashboardBody: z.string() }),
      ({ DashboardName, DashboardBody }) => {
        const faults = faultsOfBody(DashboardBody);
        if (faults.length > 0) throw invalidBody(faults);
        dashboards.put(DashboardName, DashboardBody);
        return { DashboardValidationMessages: [] };
      },
    ),
    GetDashboard: operation(z.strictObject({ DashboardName: dashboardName }), (input) => {
      const { name, arn, body } = existing(input.DashboardName);
      return { DashboardName: name, DashboardArn: arn, DashboardBody: body };
    }),
    ListDashboards: operation(
      z.strictObject({
        DashboardNamePrefix: dashboardName.optional(),
        NextToken: z.string().optional(),
      }),
      ({ DashboardNamePrefix: prefix = "", NextToken }) => {
        const found = dashboards.list().filter(({ name }) => name.startsWith(prefix));
        const page = pageOf(found, pageSize, NextToken, "InvalidParameterValue");
        return {
          DashboardEntries: page.items.map(({ name, arn, body, lastModified }) => ({
            DashboardName: name,
            DashboardArn: arn,
            LastModified: new Date(lastModified),
            Size: Buffer.byteLength(body),
          })),
          NextToken: page.nextToken,
        };
      },
    ),
    DeleteDashboards: operation(
      z.strictObject({ DashboardNames: z.array(dashboardName).min(1).max(100) }),
      ({ DashboardNames }) => {
        // None is removed if one does not exist (documented: CLOUDWATCH-API/DeleteDashboards).
        for (const name of DashboardNames) existing(name);
        for (const name of DashboardNames) dashboards.delete(name);
        return {};
      },
    ),
  };
}

/** The error for a body that AWS would not take; its text is assumed. */
export function invalidBody(faults: readonly string[]): AwsError {
  const message = `The field DashboardBody is not valid: ${faults.join("; ")}`;
  return new AwsError("DashboardInvalidInputError", message, 400, "InvalidParameterInput");
}
