/** Cognito's refusals: its codes, with the messages that its clients are used to. */
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import type { Client } from "./model.ts";

/** The code for input that does not fit. */
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

/** The answer to a wrong password and, where user names are kept secret, to an unknown name. */
export const wrongPassword = (): AwsError => notAuthorized("Incorrect username or password.");

/** A feature that only a deployed stage has. */
export const onlyOnAws = (feature: string): AwsError =>
  unsupported(`cognito-idp ${feature}; use a stage that is deployed to AWS`, invalidParameterCode);

/** @throws AwsError about an unknown user, unless the client must not learn who there is. */
export function hideUnknownUser({ settings }: Client): void {
  if (settings.preventUserExistenceErrors === "LEGACY") {
    throw userNotFound("Username/client id combination not found.");
  }
}
