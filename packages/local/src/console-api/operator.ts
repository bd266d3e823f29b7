/** Calls of AWS's JSON operations as the account's operator, as the AWS CLI makes them. */
import * as z from "zod";
import type { AwsEndpoint } from "../aws-protocol/endpoint.ts";
import { ApiProblem } from "./problem.ts";

const failure = z.object({ __type: z.string(), message: z.string().default("") });

/** Calls an operation; gives its output. @throws ApiProblem with what AWS says */
export type Operator = (operation: string, input: object) => Promise<unknown>;

/** The operator of a service, by its name in signatures and its prefix in `X-Amz-Target`. */
export function createOperator(
  { fetch }: Pick<AwsEndpoint, "fetch">,
  region: string,
  service: { readonly name: string; readonly targetPrefix: string },
): Operator {
  const scope = `operator/20260101/${region}/${service.name}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  return async (operation, input) => {
    const response = await fetch(
      new Request("http://127.0.0.1/", {
        method: "POST",
        headers: {
          authorization,
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `${service.targetPrefix}.${operation}`,
        },
        body: JSON.stringify(input),
      }),
    );
    const output: unknown = await response.json();
    if (response.ok) return output;
    const { __type, message } = failure.parse(output);
    throw new ApiProblem(409, `${operation}: ${__type}: ${message}`);
  };
}
