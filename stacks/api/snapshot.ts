/**
 * The deployment of the API: a snapshot of every part of it, which the stage serves until there is
 * another one.
 */
import { readLastDeployment } from "./last-deployment.ts";
import { isPart, removedParts, restApi, triggersOf } from "./snapshot-parts.ts";

interface Part {
  readonly type: string;
  readonly name: string;
  readonly inputs: $util.Inputs;
  readonly resource: $util.Resource;
}

/**
 * A part that is replaced, such as a method under another path, is deleted first. Else the snapshot
 * would contain the old one, which has lost its integration by then: it could not be taken.
 */
const replacement = { deleteBeforeReplace: true };

/**
 * Records each part of the API that the program registers from now on, with all its inputs. A list
 * of parts would lack the next one, which would then be deployed and not served.
 */
export function recordSnapshot() {
  const before = readLastDeployment(process.env, { app: $app.name, stage: $app.stage });
  const parts: Part[] = [];
  let isTaken = false;
  let removed = $util.output<readonly string[]>([]);

  $util.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
    const inputs = withoutIgnored(props, opts);
    if (!isPart({ type, inputs })) return undefined;
    if (isTaken) {
      throw new Error(`The deployment that should contain "${name}" is registered before it.`);
    }
    parts.push({ type, name, inputs, resource });
    return type === restApi ? undefined : { props, opts: { ...opts, ...replacement } };
  });

  /** Has a deployment wait for every part, and be replaced when a part is added, changed or removed. */
  function watch(deployment: aws.apigateway.DeploymentArgs, options: $util.CustomResourceOptions) {
    // SST's triggers are known once every method is registered, for which its authorizer must exist.
    const taken = $util.output(deployment.triggers).apply(() => {
      isTaken = true;
      return parts;
    });
    const now = taken.apply((all) =>
      $util.output(all.map(({ resource, ...part }) => ({ ...part, urn: resource.urn }))),
    );
    removed = now.apply((all) => removedParts(before, all));
    options.dependsOn = taken.apply((all) => all.map(({ resource }) => resource));
    deployment.triggers = withoutDependencies(
      $util.all([now, removed]).apply(([all, names]) => ({
        ...triggersOf(all),
        ...(names.length === 0 ? {} : { removed: names.join() }),
      })),
    );
    return undefined;
  }

  return {
    watch,

    /**
     * What the deployment still contains although the program has removed it, undefined for nothing.
     * Another deployment follows: without it the triggers are different next time.
     */
    stillServed: () => removed.apply((names) => (names.length === 0 ? undefined : names)),
  };
}

/** Inputs without those whose changes are not deployed, such as SST's random name for the API. */
function withoutIgnored(inputs: $util.Inputs, { ignoreChanges = [] }: $util.CustomResourceOptions) {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !ignoreChanges.includes(key)));
}

/**
 * A value on which nothing depends as far as Pulumi knows. Else it would delete the deployment, which
 * the stage serves, before a part that it deletes first (recorded: calculateDependentReplacements in
 * pulumi/pulumi; reported: pulumi/pulumi#10662). In a preview the value may never be known.
 */
function withoutDependencies<T>(value: $util.Output<T>): $util.Input<T> {
  if ($util.runtime.isDryRun()) return value;
  return new Promise((resolve) => void value.apply(resolve));
}
