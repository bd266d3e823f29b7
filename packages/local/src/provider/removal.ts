/** Removal and replacement, as the provider does both. */
import type { AppliedResource, Replacement, ResourceType } from "./resource-type.ts";

/** What the services answer about something that is not there. */
const goneCodes = [
  "NotFound",
  "NotFoundException",
  "QueueDoesNotExist",
  "ResourceNotFoundException",
  "WAFNonexistentItemException",
];

/** Whether an error says that what it is about is not there. */
export function saysGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && goneCodes.some((code) => code === error.code);
}

/** The same type; a resource that is gone already, maybe with what it belonged to, is removed. */
export function removable(type: ResourceType): ResourceType {
  return { ...type, remove: (applied) => removeUnlessGone(type, applied) };
}

/** A resource that the program names: the provider cannot create another one beside it. */
const isNamed: Replacement["deletesFirst"] = (inputs) => inputs["name"] !== undefined;

/** A resource that the provider marks with DeleteBeforeReplace (recorded: pulumi/pulumi-aws). */
export const always: Replacement["deletesFirst"] = () => true;

/**
 * The same type; a change of one of these inputs, which AWS fixes at creation, makes a new resource.
 * The old one is deleted first if the program names it (recorded: nameRequiresDeleteBeforeReplace in
 * pulumi/pulumi-terraform-bridge), or as `deletesFirst` says.
 */
export function replacedWhen(
  inputs: readonly string[],
  type: ResourceType,
  deletesFirst = isNamed,
): ResourceType {
  return { ...type, replacement: { inputs, deletesFirst } };
}

async function removeUnlessGone(type: ResourceType, applied: AppliedResource): Promise<void> {
  try {
    await type.remove(applied);
  } catch (error) {
    if (!saysGone(error)) throw error;
  }
}
