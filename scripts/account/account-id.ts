/** The account that the operator's credentials are of. */
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Deployment } from "./questions.ts";

/** Its id, which no policy has to allow. A rehearsed graph has the local cloud's. */
export async function readAccountId({ aws }: Deployment): Promise<string> {
  const { Account = "" } = await new STSClient({ ...aws }).send(new GetCallerIdentityCommand({}));
  return Account;
}
