/** When API Gateway deploys the API again: whenever something in its snapshot changes. */
import { createHash } from "node:crypto";

/**
 * A part of the snapshot: a deployment waits for it, and is replaced when its definition changes.
 */
export interface SnapshotPart {
  readonly resource: $util.Resource;
  readonly definition: $util.Input<unknown>;
}

/**
 * A deployment is a snapshot of the API, and the stage serves it until there is a new one. SST
 * replaces the deployment when methods or integrations change; models, validators, authorizers and
 * gateway responses are in the snapshot as well.
 */
export function watchSnapshot(
  deployment: aws.apigateway.DeploymentArgs,
  options: $util.CustomResourceOptions,
  parts: readonly SnapshotPart[],
): undefined {
  options.dependsOn = parts.map(({ resource }) => resource);
  const definition = $jsonStringify(parts.map((part) => part.definition));
  deployment.triggers = $util
    .all([deployment.triggers ?? {}, definition])
    .apply(([triggers, text]) => ({
      ...triggers,
      snapshot: createHash("sha256").update(text).digest("hex"),
    }));
}
