/** The forms of a sign-up: the account, and the code that confirms it. */
import * as z from "zod";
import type { Context } from "../context.ts";
import { confirmSignUp, resendConfirmationCode, signUp } from "../sign-up.ts";
import * as pages from "./pages.ts";
import { defineStep, field, isError, type Steps } from "./step.ts";
import { ownerOf } from "./visit.ts";

/** The steps of a sign-up. */
export function signUpSteps(context: Context): Steps {
  return {
    signup: defineStep(
      z.object({
        username: field.username,
        email: field.username.optional(),
        password: field.password,
      }),
      (visit, { username, email, password: Password }) => {
        const UserAttributes = email === undefined ? [] : [{ Name: "email", Value: email }];
        try {
          const input = { Username: username, Password, UserAttributes };
          signUp(context, ownerOf(visit), input);
        } catch (error) {
          // A page must not say who is a user. To one no code comes, and that is all.
          if (!isError(error, "UsernameExistsException")) throw error;
        }
        const message =
          "If this name was free, a code is on its way. If none comes, there may be an account already.";
        return pages.confirmPage(visit, { username, message });
      },
      (visit, { username }, shown) => pages.signUpPage(visit, { ...shown, username }),
    ),

    confirm: defineStep(
      z.object({ username: field.username, code: field.code }),
      (visit, { username, code: ConfirmationCode }) => {
        confirmSignUp(context, ownerOf(visit), { Username: username, ConfirmationCode });
        const message = "Your account is confirmed. Sign in.";
        return pages.signInPage(visit, { username, message });
      },
      (visit, { username }, shown) => pages.confirmPage(visit, { ...shown, username }),
    ),

    resendcode: defineStep(
      z.object({ username: field.username }),
      (visit, { username }) => {
        resendConfirmationCode(context, ownerOf(visit), { Username: username });
        const message = "If there is an account to confirm, another code is on its way.";
        return pages.confirmPage(visit, { username, message });
      },
      (visit, { username }, shown) => pages.confirmPage(visit, { ...shown, username }),
    ),
  };
}
