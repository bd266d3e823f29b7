/** Security Token Service: the identity of a caller. */
import { createHash } from "node:crypto";
import * as z from "zod";
import { callerName, principalOf, type Callers } from "../iam/principal.ts";
import { escapeXml } from "../../aws-protocol/xml.ts";
import { parseInput } from "../../aws-protocol/input.ts";
import { formOf, operationOfForm, queryResponse } from "../../aws-protocol/query-protocol.ts";
import type { AwsCall, AwsService } from "../../aws-protocol/service.ts";

const operation = "GetCallerIdentity";
const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
const parameters = z.strictObject({ Action: z.string(), Version: z.string().optional() });

/**
 * The service, without authorization: AWS responds even where a policy denies it (documented:
 * STS-API/GetCallerIdentity).
 */
export function createSts(callers: Callers): AwsService {
  async function handle({ caller, request }: AwsCall): Promise<Response> {
    parseInput(parameters, Object.fromEntries(formOf(request)), "ValidationError");
    const { account } = callers;
    const principal = principalOf(caller, callers);
    const userId =
      principal.kind === "root" ? account : `${roleId(principal.arn)}:${principal.session}`;
    const who = `<Arn>${escapeXml(callerName(principal))}</Arn><UserId>${escapeXml(userId)}</UserId>`;
    return queryResponse(operation, `${who}<Account>${account}</Account>`, namespace);
  }

  return {
    protocol: "query",
    operations: [operation],
    unrestrictedOperations: [operation],
    operationOf: operationOfForm,
    handle,
  };
}

/** In the form of the ids that IAM gives roles, and always the same for one ARN. */
function roleId(roleArn: string): string {
  const hash = createHash("sha256").update(roleArn).digest("hex").toUpperCase();
  return `AROA${hash.slice(0, 17)}`;
}
