/** Runs attacks: one, or all as a report. */
import { catalogue } from "./catalogue.ts";
import type { Attack } from "./model/attack.ts";
import type { Attempt } from "./model/attempt.ts";
import { createTargets, type TargetsOptions } from "./targets/targets.ts";

/** Failed where one attempt has. */
type Outcome = "defended" | "failed" | "not-applicable";

/** An attack with what became of it. */
export interface AttackResult extends Omit<Attack, "run"> {
  readonly outcome: Outcome;
  /** Why it is not applicable. */
  readonly reason: string | undefined;
  readonly attempts: readonly Attempt[];
}

/** The attacks on one local cloud. */
export type Attacks = ReturnType<typeof createAttacks>;

/** Creates them; they run one after the other. */
export function createAttacks(options: TargetsOptions) {
  const targets = createTargets(options);
  let last: Promise<unknown> = Promise.resolve();

  async function run({ run: attempt, ...attack }: Attack): Promise<AttackResult> {
    const attempts = await attempt(targets);
    if ("notApplicable" in attempts) {
      const { notApplicable: reason } = attempts;
      return { ...attack, outcome: "not-applicable", reason, attempts: [] };
    }
    const hasFailed = attempts.some(({ outcome }) => outcome === "failed");
    return { ...attack, outcome: hasFailed ? "failed" : "defended", reason: undefined, attempts };
  }

  /** After those that run: they share the buckets of the throttle. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function runEach(): Promise<AttackResult[]> {
    const results: AttackResult[] = [];
    for (const attack of catalogue) results.push(await run(attack));
    return results;
  }

  return {
    list: (): readonly Omit<Attack, "run">[] => catalogue,
    /** Runs the attack with this id; undefined where there is none. */
    run(id: string): Promise<AttackResult> | undefined {
      const attack = catalogue.find((one) => one.id === id);
      return attack && inTurn(() => run(attack));
    },
    /** Runs all of them. */
    runAll: (): Promise<AttackResult[]> => inTurn(runEach),
  };
}
