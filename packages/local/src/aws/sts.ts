/** Security Token Service: who a caller is. */
import { createHash } from "node:crypto";
import { AwsError, escapeXml } from "./errors.ts";
import { formOf, queryResponse } from "./query-protocol.ts";
import type { AwsCall, AwsService, Location } from "./service.ts";

/** What the service is made with. */
export type StsOptions = Pick<Location, "account"> & {
  /** The role of the function that has this access key; undefined for other callers. */
  roleOf: (accessKeyId: string) => string | undefined;
};

const operation = "GetCallerIdentity";
const version = "2011-06-15";

/**
 * The service. A function is a session of its role; whoever is no function is the account's
 * operator, and named as AWS names an account's root user. IAM is not asked: AWS answers even those
 * whom a policy denies it (documented: API_GetCallerIdentity).
 */
export function createSts({ account, roleOf }: StsOptions): AwsService {
  function identityOf(caller: string | undefined): { arn: string; userId: string } {
    const roleArn = caller === undefined ? undefined : roleOf(caller);
    if (caller === undefined || roleArn === undefined) {
      return { arn: `arn:aws:iam::${account}:root`, userId: account };
    }
    const role = roleArn.slice(roleArn.lastIndexOf("/") + 1);
    const arn = `arn:aws:sts::${account}:assumed-role/${role}/${caller}`;
    return { arn, userId: `${roleId(roleArn)}:${caller}` };
  }

  return {
    protocol: "query",
    operations: [operation],
    unrestrictedOperations: [operation],
    operationOf: (request) => formOf(request).get("Action") ?? "",
    async handle({ caller, request }: AwsCall) {
      const unknown = [...formOf(request).keys()].find(
        (key) => !["Action", "Version"].includes(key),
      );
      if (unknown !== undefined) {
        const message = `The local cloud does not support the parameter ${unknown}`;
        throw new AwsError("ValidationError", message);
      }
      const { arn, userId } = identityOf(caller);
      const who = `<Arn>${escapeXml(arn)}</Arn><UserId>${escapeXml(userId)}</UserId>`;
      const namespace = `https://sts.amazonaws.com/doc/${version}/`;
      return queryResponse(operation, `${who}<Account>${account}</Account>`, namespace);
    },
  };
}

/** In the form of the ids that IAM gives roles, and always the same for one ARN. */
function roleId(roleArn: string): string {
  const hash = createHash("sha256").update(roleArn).digest("hex").toUpperCase();
  return `AROA${hash.slice(0, 17)}`;
}
