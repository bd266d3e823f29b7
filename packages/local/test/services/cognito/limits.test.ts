/**
 * Limits of requests per hour for a user.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 * Source: https://github.com/aws-amplify/amplify-js/issues/8013
 */
import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
beforeEach(() => aws.advance(1000));
afterAll(() => aws.stop());

const hour = 3_600_000;
const limitExceeded = {
  name: "LimitExceededException",
  message: "Attempt limit exceeded, please try after some time.",
};
const newPassword = "Fresh-Horse-2";
/** No code that is sent: those have six digits. */
const guess = "0000000";

const signUp = (Username: string, Password = fixtures.password) =>
  aws.clients.cognito.send(new SignUpCommand({ ClientId: pool.clientId, Username, Password }));
const resend = (Username: string) =>
  aws.clients.cognito.send(
    new ResendConfirmationCodeCommand({ ClientId: pool.clientId, Username }),
  );
const confirm = (Username: string, ConfirmationCode: string, ClientId = pool.clientId) =>
  aws.clients.cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
const forgot = (Username: string) =>
  aws.clients.cognito.send(new ForgotPasswordCommand({ ClientId: pool.clientId, Username }));
const reset = (Username: string, ConfirmationCode: string, Password = newPassword) =>
  aws.clients.cognito.send(
    new ConfirmForgotPasswordCommand({
      ClientId: pool.clientId,
      Username,
      ConfirmationCode,
      Password,
    }),
  );
const lastCode = () => present(aws.deliveries.at(-1)).code;

/** The names of the errors of calls, or "ok". */
async function outcomes(calls: (() => Promise<object>)[]): Promise<string[]> {
  const seen: string[] = [];
  for (const call of calls) {
    const error: unknown = await call().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    seen.push(error instanceof Error ? error.name : "ok");
  }
  return seen;
}

const times = <Result>(count: number, make: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("attempts to guess a code", () => {
  it("are five an hour for a reset, after which the right code is rejected too", async () => {
    await fixtures.createUser(aws, pool.poolId, "reset@example.com");
    await forgot("reset@example.com");
    const code = lastCode();
    const wrong = times(5, () => () => reset("reset@example.com", guess));
    expect(await outcomes(wrong)).toEqual(times(5, () => "CodeMismatchException"));
    await expect(reset("reset@example.com", code)).rejects.toMatchObject(limitExceeded);
    aws.advance(hour - 1);
    await expect(reset("reset@example.com", code)).rejects.toMatchObject(limitExceeded);
    await forgot("reset@example.com");
    aws.advance(1);
    await reset("reset@example.com", lastCode());
  });

  it("are no more with a new code after each five, nor with concurrent requests", async () => {
    const name = "renewed@example.com";
    await fixtures.createUser(aws, pool.poolId, name);
    const seen: string[] = [];
    for (let round = 0; round < 30; round += 1) {
      await outcomes([() => forgot(name)]);
      seen.push(...(await outcomes(times(5, () => () => reset(name, guess)))));
    }
    expect(seen.filter((error) => error === "CodeMismatchException")).toHaveLength(5);
    expect(seen.slice(5)).toEqual(times(145, () => "LimitExceededException"));

    aws.advance(hour);
    const atOnce = await Promise.all(times(30, () => outcomes([() => reset(name, guess)])));
    const mismatches = atOnce.flat().filter((error) => error === "CodeMismatchException");
    expect(mismatches).toHaveLength(5);
  });

  it("are fifteen an hour for a sign-up, with new codes in between", async () => {
    const name = "signing-up@example.com";
    await signUp(name);
    const seen: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      seen.push(...(await outcomes(times(4, () => () => confirm(name, guess)))));
      await resend(name);
    }
    expect(seen.slice(0, 15)).toEqual(times(15, () => "CodeMismatchException"));
    expect(seen.slice(15)).toEqual(times(5, () => "LimitExceededException"));
    await expect(confirm(name, lastCode())).rejects.toMatchObject(limitExceeded);
    aws.advance(hour);
    await confirm(name, lastCode());
  });

  it("are the user's, for every spelling of the name and every client", async () => {
    await signUp("spelled@example.com");
    const other = aws.cognito.createClient(pool.poolId, { name: "other" });
    const names = ["spelled@example.com", "SPELLED@example.com", "Spelled@Example.com"];
    const wrong = times(15, (index) => () => {
      const client = index % 2 === 0 ? pool.clientId : other.clientId;
      return confirm(present(names[index % 3]), guess, client);
    });
    expect(new Set(await outcomes(wrong))).toEqual(new Set(["CodeMismatchException"]));
    await expect(confirm("SPELLED@EXAMPLE.COM", lastCode())).rejects.toMatchObject(limitExceeded);
  });
});

describe("requests for one user in an hour are limited to", () => {
  it("five reset codes, after which nothing is sent", async () => {
    await fixtures.createUser(aws, pool.poolId, "codes@example.com");
    const sent = aws.deliveries.length;
    await forgot("codes@example.com");
    aws.advance(hour / 2);
    const asked = times(5, () => () => forgot("codes@example.com"));
    expect(await outcomes(asked)).toEqual([...times(4, () => "ok"), "LimitExceededException"]);
    expect(aws.deliveries.length - sent).toBe(5);
    aws.advance(hour / 2);
    await forgot("codes@example.com");
    await expect(forgot("codes@example.com")).rejects.toMatchObject(limitExceeded);
  });

  it("five new sign-up codes", async () => {
    await signUp("again@example.com");
    const asked = times(6, () => () => resend("again@example.com"));
    expect(await outcomes(asked)).toEqual([...times(5, () => "ok"), "LimitExceededException"]);
  });

  it("five changes of the password, right or wrong", async () => {
    await fixtures.createUser(aws, pool.poolId, "change@example.com");
    const { AccessToken } = await fixtures.signIn(aws, pool.clientId, "change@example.com");
    const change = (PreviousPassword: string) => () =>
      aws.clients.cognito.send(
        new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: newPassword }),
      );
    expect(
      await outcomes([...times(5, () => change("Wrong-Horse-1")), change(fixtures.password)]),
    ).toEqual([...times(5, () => "NotAuthorizedException"), "LimitExceededException"]);
  });
});
