/** KMS: a service of the endpoint, the keys that deployments make, and envelopes for other services. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { AwsError } from "../../aws-protocol/errors.ts";
import { createCheck } from "../iam/authorize.ts";
import type { Roles } from "../iam/roles.ts";
import { createKmsApi } from "./api/kms-api.ts";
import { createEnvelopes } from "./envelopes.ts";
import { createKeys } from "./keys.ts";

/** What KMS is created with; `now` gives milliseconds since 1970. */
export interface KmsOptions extends AwsEnvironment {
  readonly roles: Roles;
  readonly now: () => number;
}

/** KMS as the local cloud uses it. */
export type Kms = ReturnType<typeof createKms>;

/** Creates an account without keys. */
export function createKms({ roles, now, ...environment }: KmsOptions) {
  const { region, account } = environment;
  const keys = createKeys({ ...environment, now });
  const check = createCheck({ roles, policyOf: keys.policyOf });

  /**
   * Checks that the deployer, who is the account's root, could change a policy again (documented:
   * KMS-API/PutKeyPolicy). @throws AwsError
   */
  function checkLockout(policy: string): void {
    const action = { action: "kms:PutKeyPolicy", resource: keys.arnOf("key/new") };
    try {
      createCheck({ roles, policyOf: () => policy })({ kind: "root", account }, action);
    } catch (cause) {
      const message =
        "The new key policy will not allow you to update the key policy in the future.";
      throw Object.assign(new AwsError("MalformedPolicyDocumentException", message), { cause });
    }
  }

  return {
    keys,
    checkLockout,
    envelopes: createEnvelopes({ region, keys, check, now }),
    service: createKmsApi(keys, account),
  };
}
