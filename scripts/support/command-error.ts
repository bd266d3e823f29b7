/** Errors whose message says to an operator what to do. */

/** Something that a command needs is missing or wrong. */
export class CommandError extends Error {
  override name = "CommandError";
}
