/** What becomes of what the local cloud does not support: refused, or kept inert in a rehearsal. */
import { textOutput } from "../provider/outputs.ts";
import { physicalName } from "../provider/physical-name.ts";
import type { AppliedResource } from "../provider/resource-type.ts";
import { keepInert, type Attempt, type Inert, type Kept } from "./keep-inert.ts";
import { isOwnName, type PlausibleOutputs } from "./plausible-outputs.ts";

/** Something of which a rehearsal keeps inert what it says. */
export interface InertPart extends Inert {
  /** The type of a resource, or the token of a call for data. */
  readonly type: string;
  /** The resource's logical name; empty for a call. */
  readonly name: string;
}

type Data = Record<string, unknown>;

/** A resource to apply, or to look up. */
type ResourceAttempt = Omit<Attempt<AppliedResource>, "otherwise"> & {
  readonly type: string;
  readonly name: string;
  /** The id of a resource that is only looked up. */
  readonly existingId: string | undefined;
  readonly previous: AppliedResource | undefined;
};

/** Applies resources and answers calls, of which some may not be supported. */
export interface Unsupported {
  resource(attempt: ResourceAttempt): Promise<Kept<AppliedResource>>;
  call(token: string, attempt: Pick<Attempt<Data>, "inputs" | "run">): Promise<Kept<Data>>;
}

/** Refuses what is not supported: each error is the answer. */
export const refuse: Unsupported = {
  resource: async ({ inputs, run }) => ({ result: await run(inputs) }),
  call: async (_, { inputs, run }) => ({ result: await run(inputs) }),
};

/** Keeps what is not supported inert, with these outputs. Both throw what AWS would reject as well. */
export function keepUnsupported(outputsFor: PlausibleOutputs): Unsupported {
  return {
    resource: (attempt) => keepInert({ ...attempt, otherwise: () => inertResource(attempt) }),
    call(token, attempt) {
      const name = token.split(":").at(-1) ?? token;
      const otherwise = () => ({
        id: name,
        ...outputsFor({ type: token, name }),
        ...attempt.inputs,
      });
      return keepInert({ ...attempt, standsOnInert: false, otherwise });
    },
  };

  function inertResource({ type, name, inputs, ...given }: ResourceAttempt): AppliedResource {
    const { existingId, previous } = given;
    const called =
      // An ARN or a path ends in a name.
      existingId?.split(/[/:]/).at(-1) ??
      nameIn(type, inputs) ??
      textOutput(previous, "name") ??
      physicalName(name);
    const arn = existingId?.startsWith("arn:") === true ? { arn: existingId } : {};
    const outputs = { ...outputsFor({ type, name: called }), ...arn, ...inputs };
    return { id: existingId ?? called, outputs };
  }
}

function nameIn(type: string, inputs: Data): string | undefined {
  const input = ["name", ...Object.keys(inputs).filter((one) => isOwnName({ type }, one))];
  return input.map((one) => textOutput({ id: "", outputs: inputs }, one)).find(Boolean);
}
