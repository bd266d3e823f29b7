/** The attack that sends more than a throttle lets through. */
import { throttleOf } from "../services/api-gateway/store/method-settings.ts";
import { limitOf } from "../services/api-gateway/execute-api/token-buckets.ts";
import type { RequestRecord } from "../requests/record.ts";
import type { Attack, NotApplicable } from "./model/attack.ts";
import { type Attempt, judge } from "./model/attempt.ts";
import { type Expectation, refusedBy } from "./model/expectations.ts";
import type { AttackedRoute } from "./targets/routes.ts";
import type { Targets } from "./targets/targets.ts";
import { servedRequest } from "./tokens.ts";

/** More would push the requests of others out of the record. */
const MOST_REQUESTS = 400;

/** At once: a slow machine, too, sends a burst faster than the bucket fills again. */
const AT_ONCE = 100;

/** The attack; it comes last, since it empties the bucket of a route. */
export const floodAttacks: readonly Attack[] = [
  {
    id: "flood",
    title: "Flood",
    tries: `Sends requests to one route, ${AT_ONCE} at once, until the throttle refuses one; at most ${MOST_REQUESTS}.`,
    expects: "No more get through than its burst and rate allow; the next is a 429.",
    async run(targets) {
      const routes = targets.routes().map((route) => ({ route, limit: limitOfRoute(route) }));
      const found = routes.find(
        ({ limit }) => limit.rate >= 0 && limit.burst + 1 <= MOST_REQUESTS / 2,
      );
      if (found === undefined) {
        const what = `no route has a burst below ${MOST_REQUESTS / 2}`;
        return { notApplicable: routes.length === 0 ? "no route is deployed" : what };
      }
      return flood(found.route, found.limit, targets);
    },
  },
];

function limitOfRoute({ stage, route }: AttackedRoute) {
  const { resourcePath, method } = route;
  return limitOf(throttleOf(stage.methodSettings, resourcePath, method.httpMethod));
}

async function flood(
  route: AttackedRoute,
  { rate, burst }: ReturnType<typeof limitOfRoute>,
  { callers, sendOnce, now }: Targets,
): Promise<readonly Attempt[] | NotApplicable> {
  const valid = await servedRequest(route, callers);
  if (typeof valid === "string") return { notApplicable: `${route.label}: ${valid}` };
  // The throttle comes before the validation: with a model, the function is left in peace.
  const request = route.model === undefined ? valid : { ...valid, body: Buffer.from("{") };
  const startedAt = now();
  const records: RequestRecord[] = [];
  try {
    while (records.length < MOST_REQUESTS && !records.some(isThrottled)) {
      const sent = Array.from({ length: AT_ONCE }, () => sendOnce(request));
      records.push(...(await Promise.all(sent)));
    }
  } catch (error) {
    return [await judge(route.label, refusedBy("throttle"), Promise.reject(error))];
  }
  const ms = now() - startedAt;
  const most = burst + Math.ceil((rate * ms) / 1000);
  const passed = records.filter((record) => !isThrottled(record)).length;
  const refused = records.find(isThrottled);
  if (refused === undefined && passed <= most) {
    const inTime = `${records.length} requests in ${(ms / 1000).toFixed(1)} s`;
    return {
      notApplicable: `this machine is too slow: ${inTime} do not exceed a burst of ${burst} and ${rate} a second`,
    };
  }
  const last = refused ?? records.at(-1);
  if (last === undefined) return [];
  const attempt = await judge(route.label, limitedTo(most, passed), Promise.resolve(last));
  const letIn = `${passed} of ${records.length} requests were let in`;
  return [{ ...attempt, reason: `${attempt.reason}; ${letIn}` }];
}

function isThrottled({ steps }: RequestRecord): boolean {
  return steps.some(({ layer, outcome }) => layer === "throttle" && outcome === "refused");
}

function limitedTo(most: number, passed: number): Expectation {
  const { text, problemIn } = refusedBy("throttle");
  return {
    text: `${text} after at most ${most} requests`,
    problemIn: (record) =>
      problemIn(record) ??
      (passed > most ? `${passed} requests were let in, and at most ${most} may be` : undefined),
  };
}
