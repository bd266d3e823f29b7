/** Global setup: checks the infrastructure's types once; copies of the app begin from what it found. */
import { CommandError } from "../../scripts/support/command-error.ts";
import { checkStackTypes } from "../../scripts/support/type-check.ts";

/** Type errors are left to the tests that start the app, which name them. */
export default async function checkTypes(): Promise<void> {
  try {
    await checkStackTypes(new AbortController().signal);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
}
