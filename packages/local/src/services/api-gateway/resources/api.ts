/** aws:apigateway: an API, its paths, its authorizers and how it answers errors. */
import type { RestApis } from "../store/rest-apis.ts";
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { limitationsOf } from "../../../provider/limitations.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import { restApiOf } from "./keys.ts";

const strings = z.record(z.string(), z.string());

/** Of a regional API: APIGW/apigateway-security-policies-list. */
const securityPolicies = [
  "TLS_1_0",
  "TLS_1_2",
  "SecurityPolicy_TLS13_1_3_2025_09",
  "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
  "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_2021_06",
];
/** Of an edge-optimized one, beside the two old ones. */
const edgePolicies = [
  "TLS_1_0",
  "TLS_1_2",
  "SecurityPolicy_TLS13_2025_EDGE",
  "SecurityPolicy_TLS12_PFS_2025_EDGE",
  "SecurityPolicy_TLS12_2018_EDGE",
];

const restApiShape = z.strictObject({
  name: z.string().optional(),
  endpointConfiguration: z.strictObject({ types: z.enum(["REGIONAL", "EDGE"]) }).optional(),
  binaryMediaTypes: z.array(z.string()).optional(),
  disableExecuteApiEndpoint: z.boolean().optional(),
  securityPolicy: z.string().default("TLS_1_0"),
  endpointAccessMode: z.enum(["BASIC", "STRICT"]).optional(),
  apiKeySource: z
    .literal("HEADER", "the local cloud reads API keys only from the x-api-key header")
    .optional(),
  minimumCompressionSize: z.undefined("the local cloud compresses no responses").optional(),
  policy: z.undefined("the local cloud enforces no resource policy of an API").optional(),
});

const restApiInputs = restApiShape.superRefine(
  ({ endpointConfiguration, securityPolicy, endpointAccessMode }, context) => {
    const known = endpointConfiguration?.types === "REGIONAL" ? securityPolicies : edgePolicies;
    if (!known.includes(securityPolicy)) {
      const message = `${securityPolicy} is no policy for this type of endpoint; these are: ${known.join(", ")}`;
      context.addIssue({ code: "custom", path: ["securityPolicy"], message });
    }
    if (securityPolicy.startsWith("SecurityPolicy_") === (endpointAccessMode !== undefined)) return;
    const message = "goes with a securityPolicy that begins with SecurityPolicy_, and it with this";
    context.addIssue({ code: "custom", path: ["endpointAccessMode"], message });
  },
);

const authorizerInputs = z.strictObject({
  restApi: z.string(),
  name: z.string(),
  type: z.string(),
  providerArns: z.array(z.string()).default([]),
  identitySource: z.string().optional(),
  identityValidationExpression: z.string().optional(),
  authorizerResultTtlInSeconds: z.int().min(0).max(3600).optional(),
});

const responsePlace = z.object({ restApiId: z.string(), responseType: z.string() });
const responseInputs = z.strictObject({
  ...responsePlace.shape,
  statusCode: z.string().optional(),
  responseParameters: strings.default({}),
  responseTemplates: strings.default({}),
});

/** APIs, their resources, authorizers and gateway responses. */
export const apiResources = (apis: RestApis) => [
  defineResource({
    // The role by which API Gateway writes logs: one for all APIs of an account and region.
    type: "aws:apigateway/account:Account",
    inputs: z.strictObject({ cloudwatchRoleArn: z.string().optional() }),
    apply: () => ({ id: "api-gateway-account", outputs: {} }),
    read: () => ({ cloudwatchRoleArn: "" }),
  }),
  defineResource({
    type: "aws:apigateway/restApi:RestApi",
    inert: ["description"],
    inputs: restApiInputs,
    apply: ({ endpointConfiguration, ...inputs }, context) => {
      const name = nameOf(inputs.name, context);
      const { id, ...outputs } = apis.putRestApi({
        id: context.previous?.id,
        name,
        binaryMediaTypes: inputs.binaryMediaTypes,
        disableExecuteApiEndpoint: inputs.disableExecuteApiEndpoint,
        endpointType: endpointConfiguration?.types ?? "EDGE",
        isStrict: inputs.endpointAccessMode === "STRICT",
      });
      return { id, outputs: { ...outputs, name } };
    },
    remove: ({ id }) => apis.deleteRestApi(id),
  }),
  replacedWhen(
    ["restApi"],
    defineResource({
      type: "aws:apigateway/resource:Resource",
      inputs: z.strictObject({ restApi: z.string(), parentId: z.string(), pathPart: z.string() }),
      apply: ({ restApi: restApiId, ...inputs }, { previous }) => {
        const { id, path } = apis.putResource({ restApiId, id: previous?.id, ...inputs });
        return { id, outputs: { path } };
      },
      remove: ({ id, outputs }) => apis.deleteResource(restApiOf(outputs), id),
    }),
  ),
  replacedWhen(
    ["restApi"],
    defineResource({
      type: "aws:apigateway/authorizer:Authorizer",
      inputs: authorizerInputs,
      limitations: ({ authorizerResultTtlInSeconds: seconds = 0 }) =>
        limitationsOf([
          seconds > 0,
          {
            service: "API Gateway",
            text: `results of authorizers are not kept, on AWS for up to ${seconds} s`,
          },
        ]),
      apply: ({ restApi: restApiId, ...inputs }, { previous }) => {
        const { id } = apis.putAuthorizer({ restApiId, id: previous?.id, ...inputs });
        return { id, outputs: {} };
      },
      remove: ({ id, outputs }) => apis.deleteAuthorizer(restApiOf(outputs), id),
    }),
  ),
  replacedWhen(
    ["restApiId", "responseType"],
    defineResource({
      type: "aws:apigateway/response:Response",
      inputs: responseInputs,
      apply: (inputs) => {
        apis.putGatewayResponse(inputs);
        const id = `aggr-${inputs.restApiId}-${inputs.responseType}`;
        return { id, outputs: {} };
      },
      remove: ({ outputs }) => {
        const { restApiId, responseType } = responsePlace.parse(outputs);
        apis.deleteGatewayResponse(restApiId, responseType);
      },
    }),
  ),
];
