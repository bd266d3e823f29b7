/** An attack, and how attacks on routes are made. */
import type { RawRequest } from "../../http/send.ts";
import type { AttackedRoute } from "../targets/routes.ts";
import type { Targets } from "../targets/targets.ts";
import { type Attempt, judge } from "./attempt.ts";
import type { Expectation } from "./expectations.ts";

/** Why there is nothing to attack. */
export interface NotApplicable {
  readonly notApplicable: string;
}

/** An attack. */
export interface Attack {
  readonly id: string;
  readonly title: string;
  /** What it tries. */
  readonly tries: string;
  /** What must happen, in general; each attempt says it for its target. */
  readonly expects: string;
  readonly run: (targets: Targets) => Promise<readonly Attempt[] | NotApplicable>;
}

/** A request that is an attack, and what must become of it. */
export interface Aimed {
  readonly request: RawRequest;
  readonly expectation: Expectation;
}

/** An attack on routes, one by one. */
interface RouteAttack extends Omit<Attack, "run"> {
  /** The attack on a route; a text says why there is none. */
  readonly aim: (
    route: AttackedRoute,
    targets: Targets,
  ) => Aimed | string | Promise<Aimed | string>;
}

/** Makes an attack of one request to each route. */
export function onEachRoute({ aim, ...attack }: RouteAttack): Attack {
  return {
    ...attack,
    async run(targets) {
      const attempts: Attempt[] = [];
      const reasons: string[] = [];
      for (const route of targets.routes()) {
        const aimed = await aim(route, targets);
        if (typeof aimed === "string") {
          reasons.push(`${route.label}: ${aimed}`);
        } else {
          const sent = targets.send(aimed.request);
          attempts.push(await judge(route.label, aimed.expectation, sent));
        }
      }
      if (attempts.length > 0) return attempts;
      return { notApplicable: reasons.join("; ") || "no route that calls a function is deployed" };
    },
  };
}
