/** Admin operations on users. */
import * as z from "zod";
import { operation, type JsonOperations } from "../../aws-protocol/json-protocol.ts";
import { pageOf } from "../../aws-protocol/paging.ts";
import { attributeList, attributesFrom } from "./attributes.ts";
import * as member from "./context.ts";
import { notAuthorized } from "./errors.ts";
import type { Pool, User } from "./model.ts";
import { checkPolicy } from "./passwords.ts";
import { newTemporaryPassword } from "./random.ts";
import { resetPassword } from "./recovery.ts";
import { revokeSessions } from "./sessions.ts";
import { mfaSettings } from "./software-token.ts";
import {
  addUser,
  describeUser,
  newIdentity,
  passwordOf,
  removeUser,
  requireUser,
  setPassword,
  userType,
} from "./users.ts";

const userMembers = { UserPoolId: member.userPoolId, Username: member.username };

/** The operations on one user that require a signed request. */
export function adminOperations(context: member.Context): JsonOperations {
  const { pools, now, deliver } = context;

  /** An operation on an existing user without an output. */
  const change = (run: (pool: Pool, user: User) => void) =>
    operation(z.strictObject(userMembers), (input) => {
      const pool = pools.pool(input.UserPoolId);
      const user = requireUser(pool, input.Username);
      run(pool, user);
      user.modifiedAt = now();
      return {};
    });

  const temporaryUntil = ({ settings }: Pool): number =>
    now() + settings.passwordPolicy.temporaryPasswordValidityDays * 86_400_000;

  return {
    AdminCreateUser: operation(
      z.strictObject({
        ...userMembers,
        UserAttributes: member.userAttributes.default([]),
        TemporaryPassword: member.password.optional(),
        MessageAction: z
          .enum(["SUPPRESS"], { error: 'The local cloud supports only "SUPPRESS"' })
          .optional(),
        DesiredDeliveryMediums: z
          .array(z.enum(["EMAIL"], { error: 'The local cloud supports only "EMAIL"' }))
          .optional(),
        ClientMetadata: member.ignoredOfAdmin.ClientMetadata,
      }),
      (input) => {
        const pool = pools.pool(input.UserPoolId);
        const policy = pool.settings.passwordPolicy;
        const attributes = attributesFrom(input.UserAttributes, "admin");
        const temporary = input.TemporaryPassword ?? newTemporaryPassword(policy.minimumLength);
        checkPolicy(policy, temporary);
        const identity = newIdentity(pool, input.Username);
        const password = passwordOf(pool, identity, temporary);
        const state = {
          status: "FORCE_CHANGE_PASSWORD" as const,
          temporaryUntil: temporaryUntil(pool),
        };
        const user = addUser(
          pool,
          { ...identity, name: input.Username, attributes, password, ...state },
          now(),
        );
        const destination = user.attributes.get("email");
        if (input.MessageAction === undefined && destination !== undefined) {
          const to = { userPoolId: pool.id, destination, username: input.Username };
          deliver({ kind: "AdminCreateUser", ...to, code: temporary });
        }
        return { User: userType(user) };
      },
    ),

    AdminSetUserPassword: operation(
      z.strictObject({
        ...userMembers,
        Password: member.password,
        Permanent: z.boolean().default(false),
      }),
      (input) => {
        const pool = pools.pool(input.UserPoolId);
        const user = requireUser(pool, input.Username);
        checkPolicy(pool.settings.passwordPolicy, input.Password);
        setPassword(pool, user, input.Password, input.Permanent ? undefined : temporaryUntil(pool));
        user.modifiedAt = now();
        return {};
      },
    ),

    AdminResetUserPassword: operation(
      z.strictObject({ ...userMembers, ClientMetadata: member.ignoredOfAdmin.ClientMetadata }),
      (input) => {
        const pool = pools.pool(input.UserPoolId);
        resetPassword(context, pool, requireUser(pool, input.Username));
        return {};
      },
    ),

    AdminGetUser: operation(z.strictObject(userMembers), (input) => {
      const user = requireUser(pools.pool(input.UserPoolId), input.Username);
      return { ...describeUser(user), UserAttributes: attributeList(user), ...mfaSettings(user) };
    }),

    AdminConfirmSignUp: operation(
      z.strictObject({ ...userMembers, ClientMetadata: member.ignoredOfAdmin.ClientMetadata }),
      (input) => {
        const user = requireUser(pools.pool(input.UserPoolId), input.Username);
        if (user.status !== "UNCONFIRMED") {
          throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
        }
        user.status = "CONFIRMED";
        user.modifiedAt = now();
        return {};
      },
    ),

    AdminDisableUser: change((pool, user) => {
      user.enabled = false;
      revokeSessions(pool, user);
    }),
    AdminEnableUser: change((_pool, user) => {
      user.enabled = true;
    }),
    AdminDeleteUser: change(removeUser),
    AdminUserGlobalSignOut: change(revokeSessions),

    ListUsers: operation(
      z.strictObject({
        UserPoolId: member.userPoolId,
        Limit: z.int().min(1).max(60).default(60),
        PaginationToken: z.string().optional(),
      }),
      (input) => {
        const users = pools.pool(input.UserPoolId).users.values();
        const page = pageOf(users, input.Limit, input.PaginationToken);
        return { Users: page.items.map(userType), PaginationToken: page.nextToken };
      },
    ),
  };
}
