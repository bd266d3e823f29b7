/** The store of dashboards. */
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { limitExceeded } from "./errors.ts";

/** A dashboard; its body is the JSON text that was put. */
export interface Dashboard {
  readonly name: string;
  readonly arn: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** Documented: CLOUDWATCH-API/PutDashboard, in earlier versions; the error is assumed, as of alarms. */
const mostDashboards = 500;

/** The dashboards of an account, by name. */
export interface Dashboards {
  /** Makes a dashboard, or replaces the one of this name. @throws AwsError LimitExceededFault */
  put(name: string, body: string): Dashboard;
  get(name: string): Dashboard | undefined;
  delete(name: string): void;
  /** Ordered by name. */
  list(): Dashboard[];
  arnOf(name: string): string;
}

/** Creates an account without dashboards. */
export function createDashboards({ account }: AwsEnvironment, now: () => number): Dashboards {
  const all = new Map<string, Dashboard>();
  const arnOf = (name: string) => `arn:aws:cloudwatch::${account}:dashboard/${name}`;
  return {
    arnOf,
    put(name, body) {
      if (!all.has(name) && all.size === mostDashboards) {
        throw limitExceeded(`An account has at most ${mostDashboards} dashboards.`);
      }
      const dashboard = { name, arn: arnOf(name), body, lastModified: now() };
      all.set(name, dashboard);
      return dashboard;
    },
    get: (name) => all.get(name),
    delete: (name) => void all.delete(name),
    list: () => [...all.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}
