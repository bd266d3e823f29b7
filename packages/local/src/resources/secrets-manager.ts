/** aws:secretsmanager: secrets and their current version. */
import * as z from "zod";
import { defineResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

export const secretsManagerResources = ({ secrets }: Services) => [
  defineResource({
    type: "aws:secretsmanager/secret:Secret",
    inputs: z.strictObject({ name: z.string().optional(), description: z.string().optional() }),
    apply: (inputs, { name: logicalName, previous }) => {
      if (previous) return previous;
      const name = inputs.name ?? physicalName(logicalName);
      const { arn } = secrets.createSecret({ ...inputs, name });
      return { id: arn, outputs: { arn, name } };
    },
    remove: ({ id }) => secrets.deleteSecret(id),
  }),
  defineResource({
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    inputs: z.union([
      z.object({ secretId: z.string(), secretString: z.string() }),
      z.object({ secretId: z.string(), secretBinary: z.base64() }),
    ]),
    apply: (inputs) => {
      const { versionId } = secrets.putSecretValue(
        inputs.secretId,
        "secretString" in inputs
          ? { secretString: inputs.secretString }
          : { secretBinary: Buffer.from(inputs.secretBinary, "base64") },
      );
      const id = `${inputs.secretId}|${versionId}`;
      return { id, outputs: { arn: inputs.secretId, versionId, versionStages: ["AWSCURRENT"] } };
    },
  }),
];
