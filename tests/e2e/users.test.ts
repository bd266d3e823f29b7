/** Users of a stage, over the local cloud's Cognito: whom a command finds, creates, deletes and lists. */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { userPools } from "@secure-lambda/functions/contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Target } from "../../scripts/support/target.ts";
import { registerAuthenticator } from "../../scripts/support/totp.ts";
import { findPoolOfUser, findUserPool, type UserPool } from "../../scripts/support/user-pools.ts";
import { listUsers, renderUsers } from "../../scripts/support/user-list.ts";
import { createUser, deleteUser, inviteUser, signIn } from "../../scripts/support/users.ts";
import { createPool } from "../../packages/local/test/services/cognito/pools-and-users.ts";
import { run } from "../../packages/local/test/support/command.ts";
import { startTestCloud, type StartedCloud } from "../../packages/local/test/support/test-cloud.ts";
import { namesOf } from "../../stacks/settings/names.ts";

let aws: StartedCloud;
let target: Target;
let pools: Readonly<Record<1 | 2, UserPool>>;
beforeEach(async () => {
  aws = await startTestCloud();
  for (const number of userPools) {
    const name = `${namesOf("local").resource(`MyUserPool${number}`)}-abcdefgh`;
    await createPool(aws, { name }, { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
  }
  target = { stage: "local", local: true, cognito: aws.clients.cognito };
  pools = { 1: await findUserPool(target, 1), 2: await findUserPool(target, 2) };
});
afterEach(() => aws.stop());

const ada = { email: "ada@example.com", password: "Correct-Horse-1" };
const tooShort = { ...ada, password: "short" };

const isThere = async ({ userPoolId }: UserPool): Promise<boolean> => {
  const command = new AdminGetUserCommand({ UserPoolId: userPoolId, Username: ada.email });
  try {
    await aws.clients.cognito.send(command);
    return true;
  } catch (error) {
    if (error instanceof UserNotFoundException) return false;
    throw error;
  }
};

describe("a user whose password is not taken", () => {
  it("is not created, and can be with a better one", async () => {
    await expect(createUser(target, pools[1], tooShort)).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(/^ada@example\.com was not created: Password did not conform/),
      cause: { name: "InvalidPasswordException" },
    });
    expect(await isThere(pools[1])).toBe(false);
    await createUser(target, pools[1], ada);
    await expect(signIn(target, pools[1], ada)).resolves.toMatch(/^ey/);
  });

  it("is named with the way to delete them, where Cognito does not", async () => {
    aws.clients.cognito.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName === "AdminDeleteUserCommand") throw new Error("no deletion today");
          return next(args);
        },
      { step: "initialize" },
    );
    await expect(createUser(target, pools[2], tooShort)).rejects.toMatchObject({
      message: expect.stringMatching(
        /Password did not conform.*no deletion today.*Delete the user:\n {2}npm run user -- delete ada@example\.com --pool 2$/,
      ),
      cause: {
        errors: [
          expect.objectContaining({ name: "InvalidPasswordException" }),
          new Error("no deletion today"),
        ],
      },
    });
    expect(await isThere(pools[2])).toBe(true);
  });
});

/** The mailed password. */
async function invite(pool: UserPool): Promise<string> {
  await inviteUser(target, pool, ada.email);
  const [mail] = aws.deliveries;
  expect(mail).toMatchObject({ kind: "AdminCreateUser", destination: ada.email });
  return mail?.code ?? "";
}

const newPassword = async () => ada.password;

describe("an invited user", () => {
  it("replaces the mailed password at the first sign-in", async () => {
    const invited = { ...ada, password: await invite(pools[1]) };
    const tooWeak = { ...invited, newPassword: async () => tooShort.password };
    await expect(signIn(target, pools[1], tooWeak)).rejects.toThrow(
      "ada@example.com was not signed in: Password did not conform",
    );
    await expect(signIn(target, pools[1], { ...invited, newPassword })).resolves.toMatch(/^ey/);
    await expect(signIn(target, pools[1], ada)).resolves.toMatch(/^ey/);
    await expect(inviteUser(target, pools[1], ada.email)).rejects.toThrow(
      'Pool 1 of stage "local" already has a user ada@example.com.',
    );
  });

  it("signs in by the command that the invitation ends with", async () => {
    const { port } = new URL(aws.url);
    const options = ["--pool", "1", "--aws-port", port, "--invite"];
    const { stdout } = await run(["node", "scripts/user.ts", "create", ada.email, ...options]);
    const [, next = "none"] = /\nnext: (.*)$/.exec(stdout) ?? [];
    expect(next).toBe(
      `npm run -s token -- ada@example.com --pool 1 --aws-port ${port} --password 'PASSWORD_IN_THE_MAIL' --new-password 'NEW_PASSWORD'`,
    );
    const typed = next
      .replace("PASSWORD_IN_THE_MAIL", aws.deliveries[0]?.code ?? "none")
      .replace("NEW_PASSWORD", ada.password);
    await expect(run(["sh", "-c", typed])).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^ey/),
    });
  });

  it("registers an authenticator after it, where the stage requires one", async () => {
    const client = { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] };
    const created = await createPool(aws, { mfaConfiguration: "ON" }, client);
    const pool = { number: 1, userPoolId: created.poolId, clientId: created.clientId } as const;
    const invited = { ...ada, password: await invite(pool), newPassword };
    await expect(registerAuthenticator(target, pool, invited)).resolves.toMatch(/^[A-Z2-7]{16,}$/);
  });
});

it("is not invited to a stage without login pages, where they could not choose a password", async () => {
  const prod = { ...target, stage: "prod" };
  await expect(inviteUser(prod, pools[1], ada.email)).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringContaining('Stage "prod" has no login page'),
  });
  expect(await isThere(pools[1])).toBe(false);
});

it("is deleted from the pool that is named, and from no other", async () => {
  await createUser(target, pools[1], ada);
  await createUser(target, pools[2], ada);
  await deleteUser(target, pools[2], ada.email);
  expect([await isThere(pools[1]), await isThere(pools[2])]).toEqual([true, false]);
  await expect(deleteUser(target, pools[2], ada.email)).rejects.toThrow(
    'Pool 2 of stage "local" has no user ada@example.com.',
  );
});

describe("the pool of a user", () => {
  it("is the one that has them", async () => {
    await createUser(target, pools[2], ada);
    await expect(findPoolOfUser(target, ada.email)).resolves.toEqual(pools[2]);
    await expect(findPoolOfUser(target, ada.email, 2)).resolves.toEqual(pools[2]);
    await expect(findPoolOfUser(target, ada.email, 1)).rejects.toThrow(
      'Stage "local" has no user ada@example.com in pool 1. Create one:\n  npm run user -- create ada@example.com --pool 1',
    );
  });

  it("must be named where several have them", async () => {
    await createUser(target, pools[1], ada);
    await createUser(target, pools[2], ada);
    await expect(findPoolOfUser(target, ada.email)).rejects.toThrow(
      `option '--pool' is required: 2 pools of stage "local" have a user ada@example.com. Write --pool 1 or --pool 2.`,
    );
    await expect(findPoolOfUser(target, ada.email, 2)).resolves.toEqual(pools[2]);
  });
});

describe("the users of a stage", () => {
  it("are listed by pool and address, with their state", async () => {
    const { cognito } = aws.clients;
    await createUser(target, pools[2], ada);
    await createUser(target, pools[1], { ...ada, email: "grace@example.com" });
    await createUser(target, pools[1], ada);
    const inPool1 = { UserPoolId: pools[1].userPoolId };
    await cognito.send(new AdminDisableUserCommand({ ...inPool1, Username: ada.email }));
    const invited = { ...inPool1, Username: "linus@example.com" };
    const UserAttributes = [{ Name: "email", Value: invited.Username }];
    await cognito.send(new AdminCreateUserCommand({ ...invited, UserAttributes }));
    const users = await listUsers(target, userPools);
    expect(users).toEqual([
      { email: "ada@example.com", status: "CONFIRMED", enabled: false, pool: 1 },
      { email: "grace@example.com", status: "CONFIRMED", enabled: true, pool: 1 },
      { email: "linus@example.com", status: "FORCE_CHANGE_PASSWORD", enabled: true, pool: 1 },
      { email: "ada@example.com", status: "CONFIRMED", enabled: true, pool: 2 },
    ]);
    expect(renderUsers(users, 80)).toEqual([
      "ada@example.com    CONFIRMED, disabled    pool 1",
      "grace@example.com  CONFIRMED              pool 1",
      "linus@example.com  FORCE_CHANGE_PASSWORD  pool 1",
      "ada@example.com    CONFIRMED              pool 2",
    ]);
    await expect(listUsers(target, [2])).resolves.toEqual(users.slice(-1));
  });

  it("are listed to the last page", async () => {
    for (const number of Array.from({ length: 61 }, (_, at) => at)) {
      const Username = `user${number}@example.com`;
      await aws.clients.cognito.send(
        new AdminCreateUserCommand({ UserPoolId: pools[1].userPoolId, Username }),
      );
    }
    await expect(listUsers(target, [1])).resolves.toHaveLength(61);
  });

  it("cannot move the terminal by the address that they sign up with", () => {
    const email = '"\u009B2J\u202E"@example.com';
    expect(renderUsers([{ email, status: "UNCONFIRMED", enabled: true, pool: 1 }], 80)).toEqual([
      String.raw`"\x9b2J\u202e"@example.com  UNCONFIRMED  pool 1`,
    ]);
  });
});
