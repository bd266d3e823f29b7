/** Documented limits: requests per hour for a user, per second in all user pools (COGNITO/quotas). */
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Attempts } from "./attempts.ts";

/** AWS's default quotas by category. */
const perSecond = {
  UserAccountRecovery: 30,
  UserAuthentication: 120,
  UserCreation: 50,
  UserRead: 120,
  UserResourceRead: 50,
  UserToken: 120,
  UserUpdate: 25,
};
type Category = keyof typeof perSecond;

interface Limits {
  category: Category;
  /** Requests for one user in an hour. */
  perHour?: number;
}

/** The unsigned operations. `AdminInitiateAuth` counts as `InitiateAuth`; other signed ones have no limit. */
const limits = {
  InitiateAuth: { category: "UserAuthentication" },
  // A response to NEW_PASSWORD_REQUIRED, the only challenge here.
  RespondToAuthChallenge: { category: "UserAccountRecovery" },
  SignUp: { category: "UserCreation" },
  ConfirmSignUp: { category: "UserCreation", perHour: 15 },
  ResendConfirmationCode: { category: "UserResourceRead", perHour: 5 },
  // AWS allows 5 to 20 by a risk that is not assessed here; separate counts are assumed.
  ForgotPassword: { category: "UserAccountRecovery", perHour: 5 },
  ConfirmForgotPassword: { category: "UserAccountRecovery", perHour: 5 },
  ChangePassword: { category: "UserAccountRecovery", perHour: 5 },
  GetUser: { category: "UserRead" },
  GlobalSignOut: { category: "UserUpdate" },
  RevokeToken: { category: "UserToken" },
} satisfies Record<string, Limits>;

/** Counts a request. @throws AwsError for one that exceeds a limit. */
export type Admit = (operation: keyof typeof limits, attempts?: Attempts) => void;

/** Creates the counts of an account and Region; `now` returns milliseconds since 1970. */
export function createAdmit(now: () => number): Admit {
  const seconds = new Map<Category, number[]>();
  return (operation, attempts) => {
    const { category, perHour }: Limits = limits[operation];
    if (attempts !== undefined && perHour !== undefined) {
      const calls = timesOf(attempts.calls, operation);
      if (!tryAdd(calls, now(), perHour, 3_600_000)) {
        const message = "Attempt limit exceeded, please try after some time.";
        throw new AwsError("LimitExceededException", message);
      }
    }
    if (!tryAdd(timesOf(seconds, category), now(), perSecond[category], 1000)) {
      throw new AwsError("TooManyRequestsException", "Rate exceeded");
    }
  };
}

function timesOf<Key>(map: Map<Key, number[]>, key: Key): number[] {
  const times = map.get(key) ?? [];
  map.set(key, times);
  return times;
}

/** Adds a time unless `limit` times are in the milliseconds of `span` before it. */
function tryAdd(times: number[], now: number, limit: number, span: number): boolean {
  const recent = times.findIndex((time) => time > now - span);
  times.splice(0, recent === -1 ? times.length : recent);
  if (times.length >= limit) return false;
  times.push(now);
  return true;
}
