/** Rules about connections to the API: which TLS they need. */
import * as z from "zod";
import { ruleFor } from "./graph.ts";

/** Those of a regional API whose every cipher has forward secrecy (APIGW/apigateway-security-policies-list). */
const policies = [
  "SecurityPolicy_TLS13_1_3_2025_09",
  "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
  "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
];

const apisNeedModernTls = ruleFor(
  "apis-need-modern-tls",
  "aws:apigateway/restApi:RestApi",
  z.object({
    securityPolicy: z.string().default("TLS_1_0"),
    endpointAccessMode: z.string().default("BASIC"),
    endpointConfiguration: z.object({ types: z.string() }).default({ types: "EDGE" }),
  }),
  ({ securityPolicy, endpointAccessMode, endpointConfiguration: { types } }) => [
    ...(types === "REGIONAL" ? [] : [`must be REGIONAL, as these policies are, and not ${types}`]),
    ...(policies.includes(securityPolicy)
      ? []
      : [`takes connections by ${securityPolicy}: it must be one of ${policies.join(", ")}`]),
    ...(endpointAccessMode === "STRICT"
      ? []
      : [
          "must have the endpoint access mode STRICT: a request's host is the one of its TLS connection",
        ]),
  ],
);

/** The rules about connections to the API. */
export const connectionRules = [apisNeedModernTls];
