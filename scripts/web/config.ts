/** What the page of examples/web is told of a stage: its config.json. */
import { greetRequest, routeRows, userPools } from "@secure-lambda/functions/contract";
import * as z from "zod";
import type { Config } from "../../examples/web/config.js";
import { notDeployed } from "../support/stage-outputs.ts";
import type { DeployedStage } from "../support/target.ts";

/**
 * The configuration, from the outputs of the stage and the API's contract: each pool whose users can
 * send a name. The local cloud serves no login pages, although the outputs name their addresses on AWS.
 * @throws CommandError for a stage that was deployed without these outputs.
 */
export function webConfig(
  { stage, local, aws }: DeployedStage,
  apiUrl: string,
  outputs: Readonly<Record<string, unknown>>,
): Config {
  const output = (name: string) => {
    const { data } = z.string().safeParse(outputs[name]);
    if (data === undefined) throw notDeployed({ stage, local });
    return data;
  };
  return {
    apiUrl: apiUrl.replace(/\/+$/, ""),
    cognitoUrl:
      "endpoint" in aws ? aws.endpoint : `https://cognito-idp.${aws.region}.amazonaws.com`,
    pools: userPools.flatMap((number) => {
      const route = routeRows.find(
        ({ userPool, request }) => userPool === number && request.json === greetRequest,
      );
      if (route === undefined) return [];
      return {
        number,
        clientId: output(`userPoolClient${number}`),
        ...(local ? {} : { loginUrl: output(`loginUrl${number}`) }),
        route: { method: route.method, path: route.path, example: greetRequest.example },
      };
    }),
  };
}
