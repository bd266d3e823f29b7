/** Which resources a changed input replaces, as Pulumi decides it. */
import { isDeepStrictEqual } from "node:util";
import type { AppliedResource, ResourceType } from "../provider/resource-type.ts";

/** What decides whether a resource is replaced together with another one. */
export interface Registered {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  /** The URNs of the resources that each input depends on. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Whether inputs replace a resource; one that is left out keeps the value that it had. */
export function mustReplace(
  { replacement }: ResourceType,
  inputs: Readonly<Record<string, unknown>>,
  previous: AppliedResource,
): boolean {
  return (replacement?.inputs ?? []).some(
    (key) => inputs[key] !== undefined && !isDeepStrictEqual(inputs[key], previous.outputs[key]),
  );
}

/**
 * The resources that are deleted before one that is deleted before its replacement: their own inputs
 * that AWS fixes at creation depend on it, or on another of them. A dependency that is only stated,
 * by `dependsOn`, does not count (recorded: calculateDependentReplacements in pulumi/pulumi).
 */
export function replacedWith<Resource extends Registered>(
  root: string,
  resources: readonly Resource[],
  typeOf: (type: string) => ResourceType | undefined,
): Resource[] {
  const condemned = new Set([root]);
  return resources.filter(({ urn, type, custom, dependencies }) => {
    const fixed = (custom ? typeOf(type)?.replacement?.inputs : undefined) ?? [];
    const isReplaced = fixed.some((input) =>
      dependencies[input]?.some((dependency) => condemned.has(dependency)),
    );
    if (isReplaced) condemned.add(urn);
    return isReplaced;
  });
}
