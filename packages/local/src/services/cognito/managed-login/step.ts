/** A form of the login pages: its fields, its handler, and how it is shown again after an error. */
import * as z from "zod";
import { AwsError } from "../../../aws-protocol/errors.ts";
import { confirmationCode, password, username } from "../context.ts";
import type { User } from "../model.ts";
import type { Page } from "./page.ts";
import type { Visit } from "./visit.ts";

/** What a form leads to: the next page, or a user who is signed in. */
export type Outcome = Page | { readonly user: User };

/** The fields that were sent. */
export type Sent = Readonly<Record<string, string>>;

/** The error message of a form that is shown again. */
export interface Shown {
  readonly message: string;
  readonly status: Page["status"];
}

/** Handles a form. @throws errors that are not the user's. */
export type Step = (visit: Visit, sent: Sent) => Promise<Outcome>;

/** Steps by the path that their form is sent to. */
export type Steps = Readonly<Record<string, Step>>;

/** Defines a step: `run` handles valid fields; `again` shows the form with the error message. */
export function defineStep<Fields>(
  fields: z.ZodType<Fields>,
  run: (visit: Visit, sent: Fields) => Outcome | Promise<Outcome>,
  again: (visit: Visit, sent: Sent, shown: Shown) => Page,
): Step {
  return async (visit, sent) => {
    const { data, success } = fields.safeParse(sent);
    if (!success) return again(visit, sent, { message: "Fill in every field.", status: 400 });
    try {
      return await run(visit, data);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const status = tooMany.has(error.code) ? 429 : 400;
      return again(visit, sent, { message: error.message, status });
    }
  };
}

const tooMany = new Set(["LimitExceededException", "TooManyRequestsException"]);

/** The fields that forms have in common, with the lengths of the API's operations. */
export const field = {
  username: z.string().trim().pipe(username),
  password,
  code: z.string().trim().pipe(confirmationCode),
  session: z.string().min(20).max(2048),
};

/** Whether an error is an AwsError with a code. */
export function isError(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.code === code;
}
