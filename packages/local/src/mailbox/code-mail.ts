/** The mails of Cognito's codes and invitations. A pool's own templates have no effect; these texts are assumed. */
import type { CodeDelivery } from "../services/cognito/model.ts";

/** A code's mail. */
export function codeMail(delivery: CodeDelivery) {
  const { kind, destination, username = destination, from = "Cognito", code } = delivery;
  const [subject, text] =
    kind === "AdminCreateUser"
      ? // The default of AWS's CDK, which says that it is Cognito's.
        [
          "Your temporary password",
          `Your username is ${username} and temporary password is ${code}.`,
        ]
      : ["Your verification code", `Your ${purposes[kind]} code is ${code}`];
  return { from, to: destination, subject, text, code, username };
}

const purposes: Readonly<Record<Exclude<CodeDelivery["kind"], "AdminCreateUser">, string>> = {
  SignUp: "confirmation",
  ResendCode: "confirmation",
  ForgotPassword: "password reset",
  UpdateUserAttribute: "verification",
  VerifyUserAttribute: "verification",
};
