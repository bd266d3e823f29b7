/** A function's resource-based policy, the output of GetPolicy. */
import type { Permission } from "../functions/permissions.ts";
import { AwsError } from "../../../aws-protocol/errors.ts";

/**
 * The policy, as JSON in a string (documented: LAMBDA/access-control-resource-based).
 * @throws AwsError for a function without permissions, which has no policy.
 */
export function policyOutput(functionArn: string, permissions: readonly Permission[]): object {
  if (permissions.length === 0) {
    const message = "The resource you requested does not exist.";
    throw new AwsError("ResourceNotFoundException", message, 404);
  }
  const statements = permissions.map(({ statementId, principal, action, sourceArn }) => ({
    Sid: statementId,
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { Service: principal },
    Action: action,
    Resource: functionArn,
    ...(sourceArn === undefined ? {} : { Condition: { ArnLike: { "AWS:SourceArn": sourceArn } } }),
  }));
  const policy = { Version: "2012-10-17", Id: "default", Statement: statements };
  return { Policy: JSON.stringify(policy) };
}
