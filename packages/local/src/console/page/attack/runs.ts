/** Runs attacks one by one, and keeps what came of them. */
import { send } from "../api.ts";
import { keep } from "../kept.ts";
import { noOutcome, outcomeOf, type Outcome } from "../said.tsx";
import {
  attackResult,
  describeOutcomes,
  reportOf,
  type Attack,
  type AttackResult,
} from "./attack.ts";

interface Runs {
  readonly results: ReadonlyMap<string, AttackResult>;
  /** The id of the attack that runs. */
  readonly running: string | undefined;
  readonly outcome: Outcome;
  /** JSON of the last run of them all. */
  readonly report: string | undefined;
}

/** What came of the attacks so far. */
export const runs = keep<Runs>({
  results: new Map(),
  running: undefined,
  outcome: noOutcome,
  report: undefined,
});

const update = (changes: Partial<Runs>) => runs.set({ ...runs.get(), ...changes });
const say = (said: string) => update({ outcome: { said, problem: undefined } });

/** Runs one. */
export const runAttack = (attack: Attack) =>
  attempt(async () => {
    say(`${attack.title}: under way …`);
    return `${attack.title}: ${(await runOne(attack)).outcome}`;
  });

/** Runs them all, for a report. */
export const runAttacks = (attacks: readonly Attack[]) =>
  attempt(async () => {
    const startedAt = new Date().toISOString();
    say(`${attacks.length} attacks are under way, which can take a minute …`);
    update({ report: undefined, results: new Map() });
    const results: AttackResult[] = [];
    for (const attack of attacks) results.push(await runOne(attack));
    update({ report: reportOf(results, { startedAt, endedAt: new Date().toISOString() }) });
    return describeOutcomes(results);
  });

async function runOne({ id }: Attack): Promise<AttackResult> {
  update({ running: id });
  const result = await send("POST", `/attacks/${encodeURIComponent(id)}`, undefined, attackResult);
  update({ results: new Map(runs.get().results).set(id, result) });
  return result;
}

async function attempt(work: () => Promise<string>): Promise<void> {
  const outcome = await outcomeOf(work);
  update({ outcome, running: undefined });
}
