/** What AWS has and the local cloud does not support, told apart from what AWS rejects as well. */

/** Something that the local cloud does not support; the message names it. */
export class UnsupportedError extends Error {
  override readonly name: string = "UnsupportedError";
}

/** A resource type, or a call for data, that is not supported at all. */
export class UnsupportedKindError extends UnsupportedError {
  override readonly name = "UnsupportedKindError";
}

/** Inputs that are not supported, by their paths; everything else of the resource could be applied. */
export class UnsupportedInputsError extends UnsupportedError {
  override readonly name = "UnsupportedInputsError";
  readonly inputs: readonly (readonly PropertyKey[])[];

  constructor(message: string, inputs: UnsupportedInputsError["inputs"], options?: ErrorOptions) {
    super(message, options);
    this.inputs = inputs;
  }
}

/** Whether an error, or what caused it, is that something is not supported. */
export function isUnsupported(error: unknown): boolean {
  if (error instanceof UnsupportedError) return true;
  return error instanceof Error && error.cause !== undefined && isUnsupported(error.cause);
}
