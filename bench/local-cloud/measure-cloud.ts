/** The local cloud: how soon it is ready, what its gateway costs, how it grows with connections. */
import { greetRequest } from "@secure-lambda/functions/contract";
import { Agent } from "node:http";
import { proxyIntegration } from "../rows/request-adapter.ts";
import { functionName, startApp, tokenFrom, type RunningApp } from "./running-app.ts";
import { runLoad, shoot, type LoadResult, type Shot } from "./load.ts";
import { spreadOf, type Spread } from "../support/statistics.ts";

/** What was measured. Times in milliseconds. */
export interface CloudResults {
  readonly startUp: Spread;
  /** A greeting through firewall, authorizer, throttle and gateway, one after the other. */
  readonly throughGateway: Spread;
  /** The same event given to the function by Lambda's Invoke. */
  readonly functionAlone: Spread;
  /** Greetings, up to as many connections as the function may run at once. */
  readonly greeted: readonly LoadResult[];
  /** Requests without a token: firewall and authorizer, no function. */
  readonly refused: readonly LoadResult[];
}

/** How long and how often. */
export interface CloudPlan {
  readonly starts: number;
  readonly pairs: number;
  readonly loadMs: number;
  readonly greetedConnections: readonly number[];
  readonly refusedConnections: readonly number[];
  readonly onStep: (label: string) => void;
}

/** Measures the app in `project`; `whileRunning` may use it before it is stopped. */
export async function measureCloud<T>(
  project: string,
  plan: CloudPlan,
  whileRunning: (app: RunningApp, token: string) => Promise<T>,
): Promise<CloudResults & { readonly further: T }> {
  const { starts, pairs, loadMs, onStep } = plan;
  const startUps: number[] = [];
  for (let start = 1; start < starts; start++) {
    onStep(`start ${start} of ${starts}`);
    const app = await startApp(project);
    startUps.push(app.startUpMs);
    await app.stop();
  }
  onStep(`start ${starts} of ${starts}`);
  const app = await startApp(project);
  startUps.push(app.startUpMs);
  try {
    const token = await tokenFrom(app);
    const greet = greetThrough(app.apiUrl, token);
    onStep("gateway and function in turn");
    const overhead = await comparePairs(greet, invokeDirectly(app.awsUrl, token), pairs);
    const greeted: LoadResult[] = [];
    for (const connections of plan.greetedConnections) {
      onStep(`greetings over ${connections} connections`);
      // The first requests start the function's environments, which is not what is asked here.
      await runLoad(greet, { connections, ms: loadMs });
      greeted.push(await runLoad(greet, { connections, ms: loadMs }));
    }
    const refused: LoadResult[] = [];
    for (const connections of plan.refusedConnections) {
      onStep(`rejections over ${connections} connections`);
      refused.push(await runLoad(withoutToken(app.apiUrl), { connections, ms: loadMs }));
    }
    const further = await whileRunning(app, token);
    return { startUp: spreadOf(startUps), ...overhead, greeted, refused, further };
  } finally {
    await app.stop();
  }
}

async function comparePairs(gateway: Shot, direct: Shot, pairs: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const measured = { gateway: [] as number[], direct: [] as number[] };
  const warmUp = Math.ceil(pairs / 5);
  for (let pair = 0; pair < warmUp + pairs; pair++) {
    for (const [key, shot] of [
      ["gateway", gateway],
      ["direct", direct],
    ] as const) {
      const time = await shoot(shot, agent);
      if (time === undefined) throw new Error(`${shot.url} did not greet.`);
      if (pair >= warmUp) measured[key].push(time);
    }
  }
  agent.destroy();
  return {
    throughGateway: spreadOf(measured.gateway),
    functionAlone: spreadOf(measured.direct),
  };
}

const json = { "content-type": "application/json" };

/** A greeting through an API. */
export function greetThrough(apiUrl: string, token: string): Shot {
  return {
    url: `${apiUrl}/lambda1`,
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify(greetRequest.example),
    isRight: (status, body) => status === 200 && body.includes("Hello Ada. Greetings from"),
  };
}

/** The same without a token. */
export function withoutToken(apiUrl: string): Shot {
  const { url, body } = greetThrough(apiUrl, "");
  return { url, headers: json, body, isRight: (status) => status === 401 };
}

/** Any credentials do: the local cloud checks no signature. */
function invokeDirectly(awsUrl: string, token: string): Shot {
  const credential = "local/20260101/us-east-1/lambda/aws4_request";
  return {
    url: `${awsUrl}/2015-03-31/functions/${functionName}/invocations`,
    headers: {
      ...json,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`,
    },
    body: proxyIntegration.event(token),
    isRight(status, body) {
      proxyIntegration.check(body);
      return status === 200;
    },
  };
}
