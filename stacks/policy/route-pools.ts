/** Rules about who calls a route: the users of the pool that the contract names for it, and no others. */
import { routeRows, userPools } from "@secure-lambda/functions/contract";
import * as z from "zod";
import { methodSchema } from "./access.ts";
import { functionWithVariables } from "./code.ts";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";
import { readJson } from "./json.ts";

const NAME = "methods-need-a-token";

/** A pool of the contract, by its number there. */
const poolOf = (graph: Graph, number: number) =>
  allOf(graph, "aws:cognito/userPool:UserPool").find(
    ({ name }) => name === `MyUserPool${number}UserPool`,
  );

const routesHaveTheirPool = ruleFor(
  NAME,
  "aws:apigateway/method:Method",
  methodSchema,
  ({ httpMethod, resourceId, authorizerId }, graph) => {
    // A method that takes no token, another rule judges.
    if (authorizerId === undefined) return [];
    const path = allOf(graph, "aws:apigateway/resource:Resource").find(
      ({ id }) => id === resourceId,
    )?.outputs["path"];
    const row = routeRows.find((route) => route.path === path && route.method === httpMethod);
    if (row === undefined)
      return [`must be a route of the contract: ${httpMethod} ${String(path)}`];
    const pools = allOf(graph, "aws:apigateway/authorizer:Authorizer")
      .filter(({ id }) => id === authorizerId)
      .flatMap(({ inputs }) => inputs["providerArns"]);
    return unless(
      pools.length === 1 && pools[0] === poolOf(graph, row.userPool)?.outputs["arn"],
      `must take tokens of user pool ${row.userPool} only, whose route it is`,
    );
  },
);

const trusted = z.record(z.string(), z.object({ userPoolId: z.string(), clientId: z.string() }));

/** The function verifies a token once more. */
const functionsTrustTheSamePools = ruleFor(
  NAME,
  "aws:lambda/function:Function",
  functionWithVariables,
  ({ environment }, graph) => {
    const { USER_POOLS: variable } = environment?.variables ?? {};
    if (variable === undefined) return [];
    const pools = trusted.safeParse(readJson(variable)).data ?? {};
    return userPools
      .filter((number) => {
        const { userPoolId, clientId } = pools[number] ?? {};
        return (
          userPoolId !== poolOf(graph, number)?.id ||
          !allOf(graph, "aws:cognito/userPoolClient:UserPoolClient").some(
            ({ id, inputs }) => id === clientId && inputs["userPoolId"] === userPoolId,
          )
        );
      })
      .map(
        (number) => `must trust user pool ${number} of this app, and a client of it (USER_POOLS)`,
      );
  },
);

/** Every rule about who calls a route. */
export const routePoolRules = [routesHaveTheirPool, functionsTrustTheSamePools];
