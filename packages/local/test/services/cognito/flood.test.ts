/** A flood of other names ends no limit: neither a user's, which would help to guess, nor an unknown name's. */
import { describe, expect, it, onTestFinished } from "vitest";
import { createLockOut } from "../../../src/services/cognito/lock-out.ts";
import { createAdmit } from "../../../src/services/cognito/limits.ts";
import { heldBytes } from "../../support/memory.ts";
import { createTestCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

const minute = 60_000;
const hour = 60 * minute;
const isLockedOut = { code: "NotAuthorizedException" };
const isLimited = { code: "LimitExceededException" };
const isTooFast = { code: "TooManyRequestsException" };
/** As long as the key of a name. */
const keyOf = (number: number) => `${number}`.padEnd(16, ".");

/** The limits with a clock that the test moves. */
function setUp() {
  let time = 1_800_000_000_000;
  const now = () => time;
  const admit = createAdmit(now);
  const checkPassword = createLockOut(now);
  const advance = (milliseconds: number) => void (time += milliseconds);
  const fail = (key: string) => checkPassword(key, () => (admit("InitiateAuth"), false));
  return { admit, advance, checkPassword, fail };
}

// At the quotas there are 107,880 names in 15 minutes for the first, 468,000 in an hour for the second.
describe("as many other names as are admitted take 250 bytes each, and", () => {
  it("do not end a lock-out before its time", async () => {
    const { advance, checkPassword, fail } = setUp();
    for (let failures = 1; failures <= 15; failures += 1) {
      fail("victim");
      if (failures < 15) advance(10 * minute);
    }
    const before = await heldBytes();
    for (let name = 0; name < 120 * 300; name += 1) {
      if (name % 120 === 0) advance(1000);
      fail(keyOf(name));
    }
    expect((await heldBytes()) - before).toBeLessThan(250 * 120 * 300);
    advance(10 * minute - 1);
    expect(() => checkPassword("victim", () => true)).toThrow(expect.objectContaining(isLockedOut));
    advance(15 * minute);
    expect(checkPassword("victim", () => true)).toBe(true);
    expect((await heldBytes()) - before).toBeLessThan(1e6);
  });

  it("do not end a limit before its time", async () => {
    const { admit, advance } = setUp();
    for (let call = 0; call < 5; call += 1) admit("ResendConfirmationCode", "victim");
    const before = await heldBytes();
    for (let name = 0; name < 50 * 600; name += 1) {
      if (name % 50 === 0) advance(1000);
      admit("ResendConfirmationCode", keyOf(name));
    }
    expect((await heldBytes()) - before).toBeLessThan(250 * 50 * 600);
    advance(50 * minute - 1);
    const resend = () => admit("ResendConfirmationCode", "victim");
    expect(resend).toThrow(expect.objectContaining(isLimited));
    advance(hour);
    resend();
    expect((await heldBytes()) - before).toBeLessThan(1e6);
  });
});

it("a request too many in a second is not kept", () => {
  const { advance, admit, fail } = setUp();
  for (let name = 0; name < 120; name += 1) fail(keyOf(name));
  for (let times = 0; times < 9; times += 1) {
    expect(() => fail("late")).toThrow(expect.objectContaining(isTooFast));
  }
  for (let name = 0; name < 30; name += 1) admit("ForgotPassword", keyOf(name));
  for (let times = 0; times < 9; times += 1) {
    expect(() => admit("ForgotPassword", "late")).toThrow(expect.objectContaining(isTooFast));
  }
  advance(1000);
  for (let times = 0; times < 5; times += 1) {
    fail("late");
    admit("ForgotPassword", "late");
  }
});

it("10,050 other names leave the limits of a user and of an unknown name as they are", async () => {
  const aws = createTestCloud();
  onTestFinished(() => aws.stop());
  const { clientId: ClientId } = await fixtures.createPool(aws);
  const call = async (operation: string, input: object) => {
    const headers = { "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` };
    const body = JSON.stringify({ ClientId, ...input });
    const request = new Request("http://127.0.0.1/", { method: "POST", headers, body });
    return (await aws.endpoint.fetch(request)).status;
  };
  const reset = (Username: string) => call("ForgotPassword", { Username });
  const names = ["user@example.com", "nobody@example.com"];
  await call("SignUp", { Username: names[0], Password: fixtures.password });
  for (const name of names) for (let times = 0; times < 5; times += 1) await reset(name);
  for (let other = 0; other < 10_050; other += 1) {
    if (other % 50 === 0) aws.advance(1000);
    await call("ResendConfirmationCode", { Username: `other-${other}@example.com` });
  }
  aws.advance(1000);
  for (const name of names) expect(await reset(name)).toBe(400);
});
