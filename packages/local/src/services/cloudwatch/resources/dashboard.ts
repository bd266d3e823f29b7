/** aws:cloudwatch/dashboard:Dashboard. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import { dashboardName, invalidBody } from "../api/dashboards.ts";
import { faultsOfBody } from "../dashboard-body.ts";
import type { Dashboards } from "../dashboards.ts";

const body = z.string().superRefine((text, context) => {
  const faults = faultsOfBody(text);
  if (faults.length > 0) context.addIssue(invalidBody(faults).message);
});

/** The resource type of dashboards. */
export const dashboard = (dashboards: Dashboards) =>
  replacedWhen(
    ["dashboardName"],
    defineResource({
      type: "aws:cloudwatch/dashboard:Dashboard",
      inputs: z.strictObject({ dashboardName, dashboardBody: body }),
      apply(inputs) {
        const { name, arn } = dashboards.put(inputs.dashboardName, inputs.dashboardBody);
        return { id: name, outputs: { dashboardArn: arn } };
      },
      remove: ({ id }) => dashboards.delete(id),
    }),
  );
