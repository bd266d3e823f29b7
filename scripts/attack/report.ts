/** The report of the attacks on a local cloud, and its rows for a terminal. */
import { localApiUrl } from "@secure-lambda/local/command-line";
import * as z from "zod";
import { CommandError } from "../support/command-error.ts";

const attempt = z.looseObject({
  target: z.string(),
  expected: z.string(),
  status: z.int().optional(),
  layer: z.string().optional(),
  reason: z.string().optional(),
  problem: z.string().optional(),
  facts: z.looseObject({ counted: z.string().default("") }),
});

const attackResult = z.looseObject({
  title: z.string(),
  outcome: z.enum(["defended", "failed", "not-applicable"]),
  reason: z.string().optional(),
  attempts: z.array(attempt),
});

type AttackResult = z.infer<typeof attackResult>;

/** As the API's own report. */
export interface AttackReport {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly defended: number;
  readonly failed: number;
  readonly notApplicable: number;
  readonly attacks: readonly AttackResult[];
}

const session = z.object({ header: z.string(), token: z.string() });
const catalogue = z.object({ attacks: z.array(z.object({ id: z.string(), title: z.string() })) });

/**
 * Runs every attack, one after the other; `update` is told which one runs.
 * @throws CommandError when the local cloud does not serve them
 */
export async function runAttacks(
  awsUrl: string,
  update: (detail: string) => void = () => {},
): Promise<AttackReport> {
  const api = localApiUrl(awsUrl);
  const { header, token } = session.parse(await read(await fetch(`${api}/session`)));
  const headers = { [header]: token };
  const { attacks } = catalogue.parse(await read(await fetch(`${api}/attacks`, { headers })));
  const startedAt = new Date().toISOString();
  const results: AttackResult[] = [];
  for (const [at, { id, title }] of attacks.entries()) {
    update(`${at + 1} of ${attacks.length}, ${title}`);
    const attackUrl = `${api}/attacks/${encodeURIComponent(id)}`;
    const response = await fetch(attackUrl, { method: "POST", headers });
    results.push(attackResult.parse(await read(response)));
  }
  const count = (wanted: AttackResult["outcome"]) =>
    results.filter(({ outcome }) => outcome === wanted).length;
  return {
    startedAt,
    endedAt: new Date().toISOString(),
    defended: count("defended"),
    failed: count("failed"),
    notApplicable: count("not-applicable"),
    attacks: results,
  };
}

async function read(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  throw new CommandError(`The local cloud responded with ${response.status}; see its terminal.`);
}

const marks = { defended: "✓", failed: "✗", "not-applicable": "–" } as const;

/** A row for each attack, and a last one that counts them. */
export function rowsOf({ attacks, defended, failed, notApplicable }: AttackReport): string[][] {
  const rows = attacks.map(({ title, outcome, reason, attempts }) => [
    marks[outcome],
    title,
    outcome === "not-applicable" ? `not applicable: ${reason}` : textOf(attempts),
  ]);
  const counts = `${defended} defended, ${failed} failed, ${notApplicable} not applicable`;
  return [...rows, [failed === 0 ? marks.defended : marks.failed, "All", counts]];
}

/** Those that failed; else which layer answered the first, and why, and what counted it, since the others are like it. */
function textOf(attempts: AttackResult["attempts"]): string {
  const problems = attempts.flatMap(({ target, problem }) =>
    problem === undefined ? [] : [`${target} ${problem}`],
  );
  if (problems.length > 0) return problems.join("; ");
  const [first] = attempts;
  if (first === undefined) return "";
  const { status = "", layer = "", reason, facts, expected } = first;
  // Other rules count requests of any kind, such as those of a network.
  const rules = facts.counted.split(", ").filter((rule) => rule && expected.includes(rule));
  const counted = rules.map((rule) => `counted by the firewall's rule ${rule}`);
  const because = [...(reason === undefined ? [] : [reason]), ...counted].join("; ");
  return `${status} ${layer}${because && `: ${because}`}`.trim();
}
