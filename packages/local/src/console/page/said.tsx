/** What came of the latest action, for the user. */
import type { Child } from "hono/jsx/dom";
import { messageOf } from "./api.ts";
import { useState } from "./hooks.ts";
import { Problem } from "./problem.tsx";

/** What is said of an action, or why it failed. */
export interface Outcome {
  readonly said: Child;
  readonly problem: string | undefined;
}

/** Of no action. */
export const noOutcome: Outcome = { said: "", problem: undefined };

/** Runs an action, which gives what is said of it. */
export async function outcomeOf(action: () => Promise<Child>): Promise<Outcome> {
  try {
    return { said: await action(), problem: undefined };
  } catch (error) {
    return { said: "", problem: messageOf(error) };
  }
}

/** The outcome of the latest action, and what runs another. */
export function useOutcome() {
  const [outcome, setOutcome] = useState(noOutcome);
  const act = async (action: () => Promise<Child>) => setOutcome(await outcomeOf(action));
  return [outcome, act] as const;
}

/** The outcome, which assistive technology reads: a failure at once. */
export function Said({ outcome: { said, problem } }: { outcome: Outcome }) {
  return (
    <>
      <span role="status">{said}</span>
      <Problem text={problem} />
    </>
  );
}
