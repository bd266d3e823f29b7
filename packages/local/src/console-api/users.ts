/** Routes of users: list, create, and what an administrator may do, each by the operations of Cognito. */
import * as z from "zod";
import type { AwsEndpoint } from "../aws-protocol/endpoint.ts";
import { mask } from "../requests/masking.ts";
import type { Cognito } from "../services/cognito/cognito.ts";
import type { Pool } from "../services/cognito/model.ts";
import { signsInByEmail } from "../services/cognito/users.ts";
import { createOperator } from "./operator.ts";
import { ApiProblem } from "./problem.ts";
import { bare, defineRoute, type Route } from "./route.ts";
import { usersSchema } from "./users-view.ts";

/** What the routes are about. */
export interface UserRoutesOptions {
  readonly cognito: Pick<Cognito, "context">;
  readonly endpoint: Pick<AwsEndpoint, "fetch">;
  readonly environment: { readonly region: string };
}

const password = z
  .string()
  .min(6, "must have at least 6 characters")
  .max(256, "must have at most 256 characters");

const newUser = z.strictObject({
  userPoolId: z.string(),
  username: z
    .string()
    .min(1, "must not be empty")
    .max(128, "must have at most 128 characters")
    .describe("The e-mail address, where the pool's users sign in with it."),
  password: password
    .optional()
    .describe("Permanent. Absent: Cognito mails a temporary one, which is in the mailbox."),
});

const change = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.enum(["confirm", "disable", "enable", "reset-password", "sign-out"]),
  }),
  z.strictObject({
    action: z.literal("set-password"),
    password,
    permanent: z.boolean().describe("Else it has to be changed at the next sign-in."),
  }),
]);

const operations = {
  confirm: "AdminConfirmSignUp",
  disable: "AdminDisableUser",
  enable: "AdminEnableUser",
  "reset-password": "AdminResetUserPassword",
  "sign-out": "AdminUserGlobalSignOut",
} as const;

const created = z.object({
  User: z.object({ Attributes: z.array(z.object({ Name: z.string(), Value: z.string() })) }),
});

function idIn(output: unknown): string {
  const { Attributes } = created.parse(output).User;
  return Attributes.find(({ Name }) => Name === "sub")?.Value ?? "";
}

/** They are created side by side. */
const byName = (pools: readonly Pool[]) =>
  pools.toSorted((one, other) => one.settings.name.localeCompare(other.settings.name));

/** The routes. */
export function userRoutes({ cognito, endpoint, environment }: UserRoutesOptions): Route[] {
  const { pools } = cognito.context;
  const call = createOperator(endpoint, environment.region, {
    name: "cognito-idp",
    targetPrefix: "AWSCognitoIdentityProviderService",
  });

  function poolOf(userPoolId: string) {
    const pool = pools.list().find(({ id }) => id === userPoolId);
    if (pool === undefined) {
      throw new ApiProblem(404, "There is no such user pool; see GET /users.");
    }
    return pool;
  }

  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/users",
      operationId: "listUsers",
      summary: "Lists the user pools with their users.",
      query: z.strictObject({
        reveal: z.stringbool().default(false).describe("Whether names and addresses are shown."),
      }),
      result: usersSchema,
      handle: ({ query: { reveal } }) => {
        return {
          userPools: byName(pools.list()).map((pool) => ({
            id: pool.id,
            name: pool.settings.name,
            hasLoginPages: pools.domainOf(pool) !== undefined,
            users: [...pool.users.values()].map((user) => {
              const email = user.attributes.get("email");
              return {
                id: user.sub,
                // Where users sign in with their e-mail address it is the id.
                username: reveal || user.username === user.sub ? user.username : mask,
                email: email === undefined || reveal ? (email ?? null) : mask,
                status: user.status,
                isEnabled: user.enabled,
                createdAt: new Date(user.createdAt).toISOString(),
              };
            }),
          })),
        };
      },
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/users",
      operationId: "createUser",
      summary: "Creates a user, with a permanent password or by an invitation.",
      body: newUser,
      status: 201,
      result: z.strictObject({ id: z.string() }),
      async handle({ body: { userPoolId: UserPoolId, username: Username, password: Password } }) {
        const isEmail = signsInByEmail(poolOf(UserPoolId));
        const named = { UserPoolId, Username };
        const verified = [{ Name: "email_verified", Value: "true" }];
        const output = await call("AdminCreateUser", {
          ...named,
          ...(isEmail && { UserAttributes: verified }),
          ...(Password === undefined
            ? { DesiredDeliveryMediums: ["EMAIL"] }
            : { MessageAction: "SUPPRESS" }),
        });
        if (Password !== undefined) {
          try {
            await call("AdminSetUserPassword", { ...named, Password, Permanent: true });
          } catch (error) {
            // No user is left with a password that nobody knows.
            await call("AdminDeleteUser", named);
            throw error;
          }
        }
        return { id: idIn(output) };
      },
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/users/{userPoolId}/{id}",
      operationId: "changeUser",
      summary:
        "Confirms, disables, enables or signs out a user, resets the password, or sets another one.",
      params: z.strictObject({ userPoolId: z.string(), id: z.string() }),
      body: change,
      status: 204,
      async handle({ params: { userPoolId, id }, body }) {
        const user = [...poolOf(userPoolId).users.values()].find(({ sub }) => sub === id);
        if (user === undefined) {
          throw new ApiProblem(404, "There is no such user; see GET /users.");
        }
        const named = { UserPoolId: userPoolId, Username: user.username };
        if (body.action === "set-password") {
          const { password: Password, permanent: Permanent } = body;
          await call("AdminSetUserPassword", { ...named, Password, Permanent });
        } else {
          await call(operations[body.action], named);
        }
        return undefined;
      },
    }),
  ];
}
