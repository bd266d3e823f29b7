/** The forms for a forgotten password: the code, and another password. */
import * as z from "zod";
import type { Context } from "../context.ts";
import { confirmForgotPassword, forgotPassword } from "../recovery.ts";
import * as pages from "./pages.ts";
import { defineStep, field, type Steps } from "./step.ts";
import { ownerOf } from "./visit.ts";

/** The steps of an account's recovery. */
export function recoverySteps(context: Context): Steps {
  return {
    forgotPassword: defineStep(
      z.object({ username: field.username }),
      (visit, { username }) => {
        forgotPassword(context, ownerOf(visit), { Username: username });
        const message = "If the account exists, a code has been sent.";
        return pages.resetPasswordPage(visit, { username, message });
      },
      (visit, { username }, shown) => pages.forgotPasswordPage(visit, { ...shown, username }),
    ),

    confirmForgotPassword: defineStep(
      z.object({ username: field.username, code: field.code, password: field.password }),
      (visit, { username: Username, code: ConfirmationCode, password: Password }) => {
        const input = { Username, ConfirmationCode, Password };
        confirmForgotPassword(context, ownerOf(visit), input);
        const message = "Your password is set. Sign in.";
        return pages.signInPage(visit, { username: Username, message });
      },
      (visit, { username }, shown) => pages.resetPasswordPage(visit, { ...shown, username }),
    ),
  };
}
