/**
 * The delivery of other services' logs to log groups, which a resource policy of CloudWatch Logs must
 * allow. AWS adds one when logging is set up, unless there is one (documented:
 * LOGS/AWS-logs-infrastructure-CWL).
 */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { AwsError } from "../../aws-protocol/errors.ts";
import { createCheck } from "../iam/authorize.ts";
import { parseResourcePolicy } from "../iam/policy.ts";
import type { Principal } from "../iam/principal.ts";
import type { Roles } from "../iam/roles.ts";
import type { LogEvent, LogGroups } from "./log-groups.ts";

interface DeliveryOptions extends AwsEnvironment {
  readonly logs: LogGroups;
  readonly roles: Roles;
}

/** The delivery into one account's log groups. */
export type LogDelivery = ReturnType<typeof createLogDelivery>;

/** The policy that AWS adds. */
const ownPolicy = "AWSLogDeliveryWrite20150319";

/** Creates it, without policies. */
export function createLogDelivery({ logs, roles, region, account }: DeliveryOptions) {
  /** By name; their statements are about the resources that they name. */
  const policies = new Map<string, string>();
  /** What the policies decide, by group, until one changes. */
  const decided = new Map<string, boolean>();
  const arnOf = (resource: string) => `arn:aws:logs:${region}:${account}:${resource}`;
  const sender: Principal = {
    kind: "service",
    name: "delivery.logs.amazonaws.com",
    sourceArn: arnOf("*"),
    sourceAccount: account,
  };
  const check = createCheck({ roles, policyOf: () => merged([...policies.values()]) });

  function isAllowed(group: string): boolean {
    const known = decided.get(group);
    if (known !== undefined) return known;
    const resource = arnOf(`log-group:${group}:log-stream:any`);
    const allowed = ["logs:CreateLogStream", "logs:PutLogEvents"].every((action) => {
      try {
        check(sender, { action, resource });
        return true;
      } catch (error) {
        if (error instanceof AwsError) return false;
        throw error;
      }
    });
    decided.set(group, allowed);
    return allowed;
  }

  function putPolicy(name: string, document: string): void {
    policies.set(name, document);
    decided.clear();
  }

  return {
    putPolicy,
    deletePolicy(name: string): void {
      policies.delete(name);
      decided.clear();
    },
    /** Allows the delivery to a group, as AWS does for a deployer who may change policies. */
    setUp(group: string): void {
      if (isAllowed(group)) return;
      const statement = {
        Effect: "Allow",
        Principal: { Service: sender.name },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: arnOf(`log-group:${group}:log-stream:*`),
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": arnOf("*") },
        },
      };
      putPolicy(
        `${ownPolicy} ${group}`,
        JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      );
    },
    /** Writes an event, which is lost where no policy allows it (assumed). */
    write(event: LogEvent): void {
      if (isAllowed(event.group)) logs.write(event);
    },
  };
}

function merged(documents: readonly string[]): string {
  const Statement = documents.flatMap((document) => parseResourcePolicy(document));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
