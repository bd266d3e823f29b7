/** Removal and replacement, as the provider does both. */
import { AwsError } from "../aws-protocol/errors.ts";
import type { AppliedResource, Replacement, ResourceType } from "./resource-type.ts";

/** What the services answer about something that is not there. */
const goneCodes = ["NotFound", "QueueDoesNotExist", "ResourceNotFoundException"];

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
    if (!(error instanceof AwsError && goneCodes.includes(error.code))) throw error;
  }
}
