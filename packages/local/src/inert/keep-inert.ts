/** Keeps inert what is not supported: recorded with its inputs, given plausible outputs, not applied. */
import * as z from "zod";
import { messageOf } from "../errors/error-message.ts";
import {
  isUnsupported,
  UnsupportedInputsError,
  UnsupportedKindError,
} from "../errors/unsupported.ts";
import { saysGone } from "../provider/removal.ts";

type Inputs = Readonly<Record<string, unknown>>;

/** What of a resource or a call is inert: some of its inputs, or all of it. */
export interface Inert {
  readonly isWhole: boolean;
  /** Which inputs, or why; absent where the type or the call is not supported at all. */
  readonly why?: string;
}

/** The result, and what of it is inert. */
export interface Kept<Result> {
  readonly result: Result;
  /** Absent where all of it has its effect. */
  readonly inert?: Inert;
}

/** Something that may not be supported, and what to go on with if it is not. */
export interface Attempt<Result> {
  readonly inputs: Inputs;
  readonly run: (inputs: Inputs) => Result | Promise<Result>;
  readonly otherwise: () => Result;
  /** Whether it may fail only because something else is inert. */
  readonly standsOnInert: boolean;
}

type Path = readonly PropertyKey[];

/**
 * Runs what may not be supported. Inputs that are not supported are left out; what then fails is
 * inert if it is not supported, refers to what is not in the app, or stands on something inert, its
 * own inputs aside. @throws what AWS would reject as well.
 */
export async function keepInert<Result>(
  attempt: Attempt<Result>,
  omitted: readonly Path[] = [],
): Promise<Kept<Result>> {
  const names = omitted.map((path) => path.join("."));
  const without = names.length === 0 ? undefined : `without ${names.join(", ")}`;
  try {
    const result = await attempt.run(withoutPaths(attempt.inputs, omitted));
    return without === undefined ? { result } : { result, inert: { isWhole: false, why: without } };
  } catch (error) {
    const unsupported = error instanceof UnsupportedInputsError ? error.inputs : [];
    const more = unsupported.filter((path) => !names.includes(path.join(".")));
    if (more.length > 0) return keepInert(attempt, [...omitted, ...more]);
    return keepWhole(attempt, error, without);
  }
}

function keepWhole<Result>(
  { otherwise, standsOnInert }: Attempt<Result>,
  error: unknown,
  without: string | undefined,
): Kept<Result> {
  const isFailure = !(error instanceof Error && error.cause instanceof z.ZodError);
  const isExcused = isUnsupported(error) || saysGone(error) || (standsOnInert && isFailure);
  if (!isExcused) throw error;
  const why = [without, messageOf(error)].filter((text) => text !== undefined).join(": ");
  const isKnown = !(error instanceof UnsupportedKindError);
  return { result: otherwise(), inert: { isWhole: true, ...(isKnown ? { why } : {}) } };
}

function withoutPaths(inputs: Inputs, paths: readonly Path[]): Inputs {
  return z.record(z.string(), z.unknown()).parse(paths.reduce<unknown>(withoutPath, inputs));
}

/** A path ends in the key of an object, and may lead there through arrays. */
function withoutPath(value: unknown, [key, ...rest]: Path): unknown {
  const change = (member: unknown) => withoutPath(member, rest);
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) => (index === key ? change(member) : member));
  }
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([name, member]) => {
      if (name !== key) return [[name, member]];
      return rest.length === 0 ? [] : [[name, change(member)]];
    }),
  );
}
