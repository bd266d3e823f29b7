/**
 * The user activity log of a pool with threat protection, in the documented form (COGNITO/exporting-quotas-and-usage).
 * A user who signs in with an address is named by the `sub`; a name that no user has is in no event.
 */
import { randomUUID } from "node:crypto";
import { AwsError } from "../../aws-protocol/errors.ts";
import { CompromisedPasswordError, isCompromised } from "./compromised-passwords.ts";
import type { Owner } from "./model.ts";
import { findUser } from "./users.ts";

/** What a user does. */
export interface Activity<Result> {
  readonly type: "SignIn" | "SignUp" | "ForgotPassword" | "PasswordChange" | "ResendCode";
  /** Whom the request names. */
  readonly name: string;
  /** What the user had to know. */
  readonly challenge?: "Password" | "Mfa";
  /** The password that was sent, if one was. */
  readonly password?: string;
  /** Whether more is to come before it is done. */
  readonly isOpen?: (result: Result) => boolean;
}

/** Throttled requests are in no event (documented). */
const throttled = ["TooManyRequestsException", "LimitExceededException"];

/** Does it, and logs what came of it. */
export function logActivity<Result>(
  { now }: { readonly now: () => number },
  owner: Owner,
  activity: Activity<Result>,
  run: () => Result,
): Result {
  const log = (response: EventResponse, error?: AwsError) =>
    owner.pool.logActivity?.(describe(owner, activity, { response, error }, now()));
  try {
    const result = run();
    log(activity.isOpen?.(result) === true ? "InProgress" : "Pass");
    return result;
  } catch (error) {
    if (error instanceof AwsError && !throttled.includes(error.code)) log("Fail", error);
    throw error;
  }
}

type EventResponse = "Pass" | "Fail" | "InProgress";

/** Where and from what a request comes is not known here; which texts AWS then writes is assumed. */
function describe<Result>(
  { pool, client }: Owner,
  { type, name, challenge, password }: Activity<Result>,
  { response: eventResponse, error }: { response: EventResponse; error: AwsError | undefined },
  now: number,
): string {
  const user = findUser(pool, name);
  const challengeResponse = eventResponse === "Fail" ? "Failure" : "Success";
  // Of a wrong password nothing is said (assumed): it is not the user's.
  const isWrong = error?.code === "NotAuthorizedException";
  const compromised = password !== undefined && !isWrong && isCompromised(password);
  return JSON.stringify({
    eventTimestamp: String(now),
    eventSource: "USER_ACTIVITY",
    logLevel: "INFO",
    message: {
      version: "1",
      eventId: randomUUID(),
      eventType: type,
      userSub: user?.sub ?? "",
      userName: user?.username ?? "",
      userPoolId: pool.id,
      clientId: client.id,
      creationDate: dateText(now),
      eventResponse,
      riskLevel: "",
      riskDecision: error instanceof CompromisedPasswordError ? "BLOCK" : "PASS",
      challenges: challenge === undefined ? [] : [{ challengeName: challenge, challengeResponse }],
      deviceName: "Other, Other",
      ipAddress: "127.0.0.1",
      requestId: randomUUID(),
      idpName: "",
      compromisedCredentialDetected: String(compromised),
      city: "",
      country: "",
      eventFeedbackValue: "",
      eventFeedbackDate: "",
      eventFeedbackProvider: "",
      hasContextData: "true",
    },
    logSourceId: { userPoolId: pool.id },
  });
}

/** `Wed Jul 17 17:25:55 UTC 2024`. */
function dateText(time: number): string {
  const [weekday, day, month, year, clock] = new Date(time)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${day} ${clock} UTC ${year}`;
}
