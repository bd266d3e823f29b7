/** Cognito's error responses: codes and messages as on AWS. */
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import type { Client } from "./model.ts";

/** The code for invalid input. */
export const invalidParameterCode = "InvalidParameterException";

export const invalidParameter = (message: string): AwsError =>
  new AwsError(invalidParameterCode, message);

export const notAuthorized = (message: string): AwsError =>
  new AwsError("NotAuthorizedException", message);

export const resourceNotFound = (message: string): AwsError =>
  new AwsError("ResourceNotFoundException", message);

export const userNotFound = (message = "User does not exist."): AwsError =>
  new AwsError("UserNotFoundException", message);

export const codeMismatch = (): AwsError =>
  new AwsError("CodeMismatchException", "Invalid verification code provided, please try again.");

/** The error for a wrong password and, with PreventUserExistenceErrors, for an unknown user. */
export const wrongPassword = (): AwsError => notAuthorized("Incorrect username or password.");

/** The error for a user whose password an administrator has reset (reported: aws-amplify/amplify-js#11456). */
export const passwordResetRequired = (): AwsError =>
  new AwsError("PasswordResetRequiredException", "Password reset required for the user");

/** The error for a feature that is available only on AWS. */
export const onlyOnAws = (feature: string): AwsError =>
  unsupported(`cognito-idp ${feature}; use a stage that is deployed to AWS`, invalidParameterCode);

/** Whether a client must not learn who is a user (COGNITO/cognito-user-pool-managing-errors). */
export function hidesUsers({ settings }: Client): boolean {
  return settings.preventUserExistenceErrors === "ENABLED";
}
