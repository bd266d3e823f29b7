/** What the page of examples/web is told of a stage: its config.json. */
import { greetRequest, routeRows, userPools } from "@secure-lambda/functions/contract";
import { localLoginUrl } from "@secure-lambda/local/command-line";
import * as z from "zod";
import type { Config } from "../../examples/web/config.js";
import { CommandError } from "../support/command-error.ts";
import { notDeployed } from "../support/stage-outputs.ts";
import type { DeployedStage } from "../support/target.ts";

/**
 * The configuration, from the outputs of the stage and the API's contract: each pool whose users can
 * send a name. The local cloud has its login pages at its own address.
 * @throws CommandError for a stage without these outputs.
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
  const loginUrl = (number: number) => {
    const { data } = z.string().safeParse(outputs[`loginUrl${number}`]);
    if (data !== undefined) return "endpoint" in aws ? localLoginUrl(aws.endpoint, data) : data;
    throw new CommandError(
      `Stage ${stage} has no login pages: name the page in its callbackUrls (stacks/settings/stages.ts), and deploy it again.`,
    );
  };
  return {
    apiUrl: apiUrl.replace(/\/+$/, ""),
    pools: userPools.flatMap((number) => {
      const route = routeRows.find(
        ({ userPool, request }) => userPool === number && request.json === greetRequest,
      );
      if (route === undefined) return [];
      return {
        number,
        clientId: output(`userPoolClient${number}`),
        loginUrl: loginUrl(number),
        route: { method: route.method, path: route.path, example: greetRequest.example },
      };
    }),
  };
}
