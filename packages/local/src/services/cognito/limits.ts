/** Documented limits: requests per hour for a user, per second in all user pools (COGNITO/quotas). */
import { AwsError } from "../../aws-protocol/errors.ts";
import { createRecent } from "./recent.ts";

/** AWS's default quotas by category. */
const perSecond = {
  /** Documented: three times that of UserAuthentication. What exceeds it counts there; that is not so here. */
  ChallengeResponse: 360,
  UserAccountRecovery: 30,
  UserAuthentication: 120,
  UserCreation: 50,
  UserRead: 120,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserToken: 120,
  UserUpdate: 25,
};
type Category = keyof typeof perSecond;

interface Limits {
  category: Category;
  /** Requests for one name in an hour. */
  perHour?: number;
}

/** The unsigned operations, and responses that have a category of their own. `AdminInitiateAuth` counts as `InitiateAuth`; other signed ones have no limit. */
const limits = {
  InitiateAuth: { category: "UserAuthentication" },
  NEW_PASSWORD_REQUIRED: { category: "UserAccountRecovery" },
  // Each is a guess of a password: as a sign-in counts, so that there are no more lock-outs.
  PASSWORD_VERIFIER: { category: "UserAuthentication" },
  RespondToAuthChallenge: { category: "ChallengeResponse" },
  SignUp: { category: "UserCreation" },
  ConfirmSignUp: { category: "UserCreation", perHour: 15 },
  ResendConfirmationCode: { category: "UserResourceRead", perHour: 5 },
  // AWS allows 5 to 20 by a risk that is not assessed here; separate counts are assumed.
  ForgotPassword: { category: "UserAccountRecovery", perHour: 5 },
  ConfirmForgotPassword: { category: "UserAccountRecovery", perHour: 5 },
  ChangePassword: { category: "UserAccountRecovery", perHour: 5 },
  GetUser: { category: "UserRead" },
  GetUserAttributeVerificationCode: { category: "UserResourceRead", perHour: 5 },
  VerifyUserAttribute: { category: "UserUpdate", perHour: 15 },
  UpdateUserAttributes: { category: "UserUpdate" },
  GlobalSignOut: { category: "UserUpdate" },
  AssociateSoftwareToken: { category: "UserResourceUpdate" },
  VerifySoftwareToken: { category: "UserResourceUpdate" },
  SetUserMFAPreference: { category: "UserResourceUpdate" },
  // AWS's page counts refreshes as sign-ins; of this operation that is assumed.
  GetTokensFromRefreshToken: { category: "UserAuthentication" },
  RevokeToken: { category: "UserToken" },
} satisfies Record<string, Limits>;

/** Counts a request, of a name by its key. @throws AwsError for one that exceeds a limit. */
export type Admit = (operation: keyof typeof limits, key?: string) => void;

const hour = 3_600_000;

/** The times of the latest call of a name and of those before it. */
interface Calls {
  at: number;
  earlier: readonly number[];
}
const none: readonly number[] = [];

/**
 * Creates the counts of an account and Region; `now` returns milliseconds since 1970. Users and unknown
 * names have the same, or a limit would reveal who is a user. They bound each other: a name is only
 * kept for a request that the category admits, and only for an hour.
 */
export function createAdmit(now: () => number): Admit {
  const seconds = new Map<Category, readonly number[]>();
  const hours = new Map(
    Object.keys(limits).map((operation) => [operation, createRecent<Calls>(hour, now)]),
  );
  return (operation, key) => {
    const { category, perHour = Infinity }: Limits = limits[operation];
    const at = now();
    const calls = key === undefined ? undefined : hours.get(operation)?.get(key);
    const ofName = calls ? since(at - hour, [...calls.earlier, calls.at]) : none;
    if (ofName.length >= perHour) {
      const message = "Attempt limit exceeded, please try after some time.";
      throw new AwsError("LimitExceededException", message);
    }
    const ofAll = since(at - 1000, seconds.get(category) ?? none);
    if (ofAll.length >= perSecond[category]) {
      throw new AwsError("TooManyRequestsException", "Rate exceeded");
    }
    seconds.set(category, [...ofAll, at]);
    if (key !== undefined) hours.get(operation)?.set(key, { at, earlier: ofName });
  };
}

/** The times after `start`. */
function since(start: number, times: readonly number[]): readonly number[] {
  return times.filter((time) => time > start);
}
