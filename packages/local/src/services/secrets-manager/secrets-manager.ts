/** Secrets Manager: a service of the endpoint, and the interface for deployments. */
import { jsonService, textMember } from "../../aws-protocol/json-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../aws-protocol/service.ts";
import { principalOf, type Callers, type Principal } from "../iam/principal.ts";
import type { Envelopes } from "../kms/envelopes.ts";
import { secretOperations } from "./operations.ts";
import { createSecretEncryption, type SecretValue } from "./secret-encryption.ts";
import { createSecretStore, type SecretSettings } from "./secrets.ts";

/** Secrets Manager as the local cloud uses it; deployments use keys as the account's root. */
export interface SecretsManager {
  service: AwsService;
  /** A new secret without a value. @throws AwsError when the name is taken. */
  createSecret(settings: SecretSettings): { arn: string; name: string };
  /** Changes everything but the name. @throws AwsError when there is no such secret. */
  updateSecret(secretId: string, settings: SecretSettings): { arn: string; name: string };
  /** Makes a value the current one. @throws AwsError when there is no such secret. */
  putSecretValue(secretId: string, value: SecretValue): { versionId: string };
  /** Sets a secret's policy, as JSON; undefined removes it. @throws AwsError as above. */
  setPolicy(secretId: string, policy: string | undefined): void;
  /** The policy of the secret with this ARN; undefined where there is none. */
  policyOf: (secretArn: string) => string | undefined;
  /** Removes a secret after a recovery window, 0 days for at once. @throws AwsError when it is not there. */
  deleteSecret(secretId: string, recoveryDays: number): void;
}

/** An empty Secrets Manager; `now` gives milliseconds since 1970. */
export function createSecretsManager(
  options: AwsEnvironment & Callers & { now: () => number; envelopes: Envelopes },
): SecretsManager {
  const { region, account, now, envelopes } = options;
  const encryption = createSecretEncryption(envelopes);
  const secrets = createSecretStore({ region, account, now, encryption });
  const deployer: Principal = { kind: "root", account };
  /** The random suffix is not known yet: patterns of policies have `??????` in its place. */
  const newSecretArn = (name: string) =>
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}-??????`;
  return {
    service: jsonService({
      targetPrefix: "secretsmanager",
      operations: secretOperations(secrets, encryption, ({ caller }) =>
        principalOf(caller, options),
      ),
      invalidInput: "InvalidParameterException",
      resourceOf(input, operation) {
        if (operation === "CreateSecret") return newSecretArn(textMember(input, "Name") ?? "");
        return secrets.match(textMember(input, "SecretId") ?? "")?.arn;
      },
    }),
    createSecret(settings) {
      const { arn, name } = secrets.create(settings, deployer);
      return { arn, name };
    },
    updateSecret(secretId, { description, kmsKeyId }) {
      const settings = { description, kmsKeyId };
      const { arn, name } = secrets.update(secrets.find(secretId), settings, deployer);
      return { arn, name };
    },
    putSecretValue(secretId, value) {
      return { versionId: secrets.putValue(secrets.find(secretId), value, deployer).id };
    },
    setPolicy(secretId, policy) {
      secrets.lookUp(secretId).policy = policy;
    },
    policyOf: (secretArn) => secrets.match(secretArn)?.policy,
    deleteSecret(secretId, recoveryDays) {
      secrets.remove(secrets.lookUp(secretId), recoveryDays);
    },
  };
}
