/** Routes of what the deployments made: its changes, who may call what, the age of secrets. */
import * as z from "zod";
import type { AwsEndpoint } from "../aws-protocol/endpoint.ts";
import type { Deployments } from "../deployments/deployments.ts";
import { changesSchema, grantsSchema, secretsSchema } from "./deployed-view.ts";
import { readGrants, type GrantSources } from "./grants.ts";
import { hiddenValue } from "./hidden.ts";
import { createOperator } from "./operator.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the routes are about. */
export interface DeployedRoutesOptions extends Omit<GrantSources, "deployments"> {
  readonly deployments: Deployments;
  readonly endpoint: Pick<AwsEndpoint, "fetch">;
  readonly environment: { readonly region: string };
}

const listedSecrets = z.object({
  SecretList: z.array(
    z.object({ Name: z.string(), CreatedDate: z.number(), LastChangedDate: z.number() }),
  ),
});

/** The routes. */
export function deployedRoutes(options: DeployedRoutesOptions): Route[] {
  const { deployments, endpoint, environment } = options;
  const callSecrets = createOperator(endpoint, environment.region, {
    name: "secretsmanager",
    targetPrefix: "secretsmanager",
  });

  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/changes",
      operationId: "listChanges",
      summary:
        "Lists what the latest deployment of each stage changed; values of secrets are hidden.",
      result: changesSchema,
      handle: () => ({
        changes: deployments.stages().flatMap((stage) =>
          deployments.changes(stage).map(({ inputs, ...change }) => ({
            stage,
            ...change,
            inputs: inputs.map(({ name, before, after }) => ({
              name,
              before: shownValue(name, before),
              after: shownValue(name, after),
            })),
          })),
        ),
      }),
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/grants",
      operationId: "listGrants",
      summary: "Lists who may call what, by which policy.",
      result: grantsSchema,
      handle: () => ({ grants: readGrants(options) }),
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/secrets",
      operationId: "listSecrets",
      summary: "Lists the secrets with the times of their changes, without their values.",
      result: secretsSchema,
      async handle() {
        const { SecretList } = listedSecrets.parse(await callSecrets("ListSecrets", {}));
        return {
          secrets: SecretList.map(({ Name, CreatedDate, LastChangedDate }) => ({
            name: Name,
            createdAt: new Date(CreatedDate * 1_000).toISOString(),
            changedAt: new Date(LastChangedDate * 1_000).toISOString(),
          })),
        };
      },
    }),
  ];
}

const mostCharacters = 2_000;

/** A value as JSON, without secrets; null where there is none. */
function shownValue(name: string, value: unknown): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(hiddenValue(name, value));
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
