/** Removal and replacement, as the provider does both. */
import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../aws-protocol/errors.ts";
import type { AppliedResource, ApplyContext, ResourceType } from "./resource-type.ts";

/** What the services answer about something that is not there. */
const goneCodes = ["NotFound", "QueueDoesNotExist", "ResourceNotFoundException"];

/** The same type; a resource that is gone already, maybe with what it belonged to, is removed. */
export function removable(type: ResourceType): ResourceType {
  return { ...type, remove: (applied) => removeUnlessGone(type, applied) };
}

/**
 * The same type; a change of one of these inputs, which AWS fixes at creation, makes a new resource
 * and then removes the old one. An input that is left out keeps the value that it had.
 */
export function replacedWhen(inputNames: readonly string[], type: ResourceType): ResourceType {
  async function applyOrReplace(
    inputs: Readonly<Record<string, unknown>>,
    context: ApplyContext,
  ): Promise<AppliedResource> {
    const { previous } = context;
    const isReplaced = inputNames.some(
      (key) => inputs[key] !== undefined && !isDeepStrictEqual(inputs[key], previous?.outputs[key]),
    );
    if (previous === undefined || !isReplaced) return type.apply(inputs, context);
    const applied = await type.apply(inputs, { ...context, previous: undefined });
    await removeUnlessGone(type, previous);
    return applied;
  }

  return {
    ...type,
    apply: applyOrReplace,
  };
}

async function removeUnlessGone(type: ResourceType, applied: AppliedResource): Promise<void> {
  try {
    await type.remove(applied);
  } catch (error) {
    if (!(error instanceof AwsError && goneCodes.includes(error.code))) throw error;
  }
}
