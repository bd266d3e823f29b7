/** What a supported resource type is: which inputs it understands, how it is applied and removed. */
import type * as z from "zod";
import type { Limitation } from "./limitations.ts";
import { rejectedInputs } from "./rejected-inputs.ts";

/** A resource as it stands after it was applied. */
export interface AppliedResource {
  /** The id that the provider would give it. */
  readonly id: string;
  /** Output properties beyond the inputs, which are outputs as well. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a resource type is given besides the resource's inputs. */
export interface ApplyContext {
  /** The logical name that the program gave the resource. */
  readonly name: string;
  /** The resource as the last deployment left it, if it stands already. */
  readonly previous: AppliedResource | undefined;
}

/** How the provider changes what AWS fixes at creation: it replaces the resource. */
export interface Replacement {
  /** The inputs that AWS fixes at creation. */
  readonly inputs: readonly string[];
  /** Whether the old resource is deleted before the new one is created; else at the end. */
  readonly deletesFirst: (inputs: Readonly<Record<string, unknown>>) => boolean;
}

/** A resource type of the registry, its inputs not parsed yet. */
export interface ResourceType {
  readonly type: string;
  apply(inputs: Readonly<Record<string, unknown>>, context: ApplyContext): Promise<AppliedResource>;
  /** Absent where every change is made in place. */
  readonly replacement?: Replacement;
  /** Where the resource behaves in another way than on AWS. */
  limitations(inputs: Readonly<Record<string, unknown>>): readonly Limitation[];
  /** Outputs of a resource that is looked up by id; absent where look-ups are not supported. */
  readonly read?: (id: string) => Readonly<Record<string, unknown>>;
  remove(applied: AppliedResource): Promise<void>;
}

interface Definition<Inputs> {
  type: string;
  /** The inputs that have an effect here: a strict object, so that any other is rejected by name. */
  inputs: z.ZodType<Inputs>;
  /** Inputs that are accepted although they have no effect here. */
  inert?: readonly string[];
  apply: (inputs: Inputs, context: ApplyContext) => AppliedResource | Promise<AppliedResource>;
  limitations?: (inputs: Inputs) => readonly Limitation[];
  read?: (id: string) => Readonly<Record<string, unknown>>;
  remove?: (applied: AppliedResource) => void | Promise<void>;
}

/**
 * Defines a resource type; inputs that do not fit its schema are rejected by property, with an
 * UnsupportedError where AWS may take them.
 */
export function defineResource<Inputs>(definition: Definition<Inputs>): ResourceType {
  const { type, inputs: schema, inert = [], apply, limitations, read, remove } = definition;
  const withoutEffect = new Set(["tags", "tagsAll", ...inert]);
  const parse = (inputs: Readonly<Record<string, unknown>>) => {
    const effective = Object.entries(inputs).filter(([key]) => !withoutEffect.has(key));
    return schema.safeParse(Object.fromEntries(effective), { reportInput: true });
  };

  async function validateAndApply(
    inputs: Readonly<Record<string, unknown>>,
    context: ApplyContext,
  ): Promise<AppliedResource> {
    const parsed = parse(inputs);
    if (!parsed.success) throw rejectedInputs(`${type} "${context.name}"`, parsed.error);
    return apply(parsed.data, context);
  }

  return {
    type,
    apply: validateAndApply,
    limitations(inputs) {
      const { data } = parse(inputs);
      return data === undefined ? [] : (limitations?.(data) ?? []);
    },
    ...(read ? { read } : {}),
    remove: async (applied) => remove?.(applied),
  };
}
