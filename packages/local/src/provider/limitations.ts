/** Limitations: where a resource behaves here in another way than on AWS. */

/** One limitation; a deployment names each once, however many resources it holds for. */
export interface Limitation {
  /** The AWS service, as users call it. */
  readonly service: string;
  /** A clause that completes `SERVICE: …`, without a full stop. */
  readonly text: string;
}

/** The limitations whose condition holds. */
export function limitationsOf(
  ...candidates: readonly (readonly [boolean, Limitation])[]
): Limitation[] {
  return candidates.filter(([holds]) => holds).map(([, found]) => found);
}
