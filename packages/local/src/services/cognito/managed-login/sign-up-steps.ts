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
          // The page must not reveal that the user exists: the response is the same, and no code is sent.
          if (!isError(error, "UsernameExistsException")) throw error;
        }
        const message =
          "If the name was available, a code has been sent. If none arrives, an account may exist already.";
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
        const message = "If there is an account to confirm, another code has been sent.";
        return pages.confirmPage(visit, { username, message });
      },
      (visit, { username }, shown) => pages.confirmPage(visit, { ...shown, username }),
    ),
  };
}
