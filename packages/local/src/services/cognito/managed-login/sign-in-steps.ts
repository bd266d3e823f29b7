/** The forms of a sign-in: the password, and the challenges that follow it. */
import * as z from "zod";
import { challengeBySession } from "../challenges.ts";
import type { SignInStep } from "../complete-sign-in.ts";
import type { Context } from "../context.ts";
import { associateSoftwareToken, verifySoftwareToken } from "../mfa.ts";
import type { ChallengeName } from "../model.ts";
import { signInWithPassword } from "../password-flow.ts";
import { respondToChallenge } from "../sign-in.ts";
import { signInName } from "../users.ts";
import type { Page } from "./page.ts";
import * as pages from "./pages.ts";
import { defineStep, field, isError, type Outcome, type Sent, type Steps } from "./step.ts";
import { ownerOf, type Visit } from "./visit.ts";

const asked = { username: field.username, session: field.session };

/** The steps of a sign-in. */
export function signInSteps(context: Context): Steps {
  /** The page of a challenge, or the user. */
  async function goOn(visit: Visit, step: SignInStep): Promise<Outcome> {
    if ("user" in step) return step;
    const { ChallengeName: name, Session: session, ChallengeParameters } = step.challenge;
    const on = { username: ChallengeParameters["USER_ID_FOR_SRP"] ?? "", session };
    if (name === "NEW_PASSWORD_REQUIRED") return pages.newPasswordPage(visit, on);
    if (name === "SOFTWARE_TOKEN_MFA") return pages.oneTimePasswordPage(visit, on);
    const { Session: next = "" } = await associateSoftwareToken(context, { Session: session });
    return setUpPage(visit, { ...on, session: next });
  }

  /** The page with the secret of a session. @throws AwsError for a session that has ended. */
  function setUpPage(visit: Visit, on: pages.Asked, shown: pages.Earlier = {}): Page {
    const { pool, user, pendingSecret } = challengeBySession(context, "MFA_SETUP", on.session);
    const account = signInName(pool, user);
    return pages.setUpPage(visit, { ...on, secret: pendingSecret ?? "", account }, shown);
  }

  function respond(visit: Visit, ChallengeName: ChallengeName, on: pages.Asked, given: Sent) {
    const ChallengeResponses = { USERNAME: on.username, ...given };
    const response = { ChallengeName, Session: on.session, ChallengeResponses };
    return respondToChallenge(context, ownerOf(visit), response);
  }

  return {
    login: defineStep(
      z.object({ username: field.username, password: field.password }),
      async (visit, { username, password }) => {
        const given = { USERNAME: username, PASSWORD: password };
        try {
          return await goOn(visit, signInWithPassword(context, ownerOf(visit), given));
        } catch (error) {
          if (isError(error, "PasswordResetRequiredException")) {
            const message =
              "Your password was reset. Enter the code that was sent to you, or request one.";
            return pages.resetPasswordPage(visit, { username, message });
          }
          if (!isError(error, "UserNotConfirmedException")) throw error;
          return pages.confirmPage(visit, { username, message: "Your account is not confirmed." });
        }
      },
      (visit, { username }, shown) => pages.signInPage(visit, { ...shown, username }),
    ),

    newPassword: defineStep(
      z.object({ ...asked, password: field.password }),
      async (visit, { password, ...on }) => {
        const response = { NEW_PASSWORD: password };
        return goOn(visit, respond(visit, "NEW_PASSWORD_REQUIRED", on, response));
      },
      (visit, sent, shown) => pages.newPasswordPage(visit, askedIn(sent), shown),
    ),

    mfa: defineStep(
      z.object({ ...asked, code: field.code }),
      async (visit, { code, ...on }) => {
        const response = { SOFTWARE_TOKEN_MFA_CODE: code };
        return goOn(visit, respond(visit, "SOFTWARE_TOKEN_MFA", on, response));
      },
      (visit, sent, shown) => pages.oneTimePasswordPage(visit, askedIn(sent), shown),
    ),

    "mfa/setup": defineStep(
      z.object({ ...asked, code: field.code }),
      async (visit, { code: UserCode, ...on }) => {
        const verified = await verifySoftwareToken(context, { Session: on.session, UserCode });
        const next = { ...on, session: verified.Session ?? "" };
        return goOn(visit, respond(visit, "MFA_SETUP", next, {}));
      },
      (visit, sent, shown) => {
        try {
          return setUpPage(visit, askedIn(sent), shown);
        } catch (error) {
          if (!isError(error, "NotAuthorizedException")) throw error;
          return pages.signInPage(visit, shown);
        }
      },
    ),
  };
}

/** The hidden fields of a challenge's page. */
function askedIn({ username = "", session = "" }: Sent): pages.Asked {
  return { username, session };
}
