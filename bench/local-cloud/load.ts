/** Sends requests over a number of connections, for a time, and looks at every answer. */
import { Agent, request } from "node:http";
import { quantile } from "../support/statistics.ts";

/** A request that is sent again and again. */
export interface Shot {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether an answer is the right one. */
  readonly isRight: (status: number, body: string) => boolean;
}

/** What came of it. Times in milliseconds. */
export interface LoadResult {
  readonly connections: number;
  /** Right answers per second. */
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly wrong: number;
}

/** Keeps `connections` requests under way for `ms` milliseconds. */
export async function runLoad(
  shot: Shot,
  { connections, ms }: { connections: number; ms: number },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let wrong = 0;
  const startedAt = performance.now();
  const loop = async () => {
    while (performance.now() - startedAt < ms) {
      const time = await shoot(shot, agent);
      if (time === undefined) wrong++;
      else times.push(time);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, loop));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const sorted = times.toSorted((a, b) => a - b);
  if (sorted.length === 0) throw new Error(`${shot.url} gave ${wrong} answers, all wrong.`);
  return {
    connections,
    perSecond: sorted.length / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    wrong,
  };
}

/** Milliseconds to the end of the answer; undefined when it is not the right one. */
export function shoot(
  { url, headers, body, isRight }: Shot,
  agent: Agent,
): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const startedAt = performance.now();
  const outgoing = request(url, { method: "POST", agent, headers }, (response) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => (text += chunk));
    response.on("error", reject);
    response.on("end", () => {
      const right = isRight(response.statusCode ?? 0, text);
      resolve(right ? performance.now() - startedAt : undefined);
    });
  });
  outgoing.on("error", reject);
  outgoing.end(body);
  return promise;
}
