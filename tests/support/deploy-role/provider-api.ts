/**
 * The calls of the AWS provider for the API, the firewall, user pools and what watches them, by Pulumi
 * type; sources as in `provider-functions.ts`.
 */
import { account, arnOf, calls, passRole, region, text, type CallsFor } from "./call.ts";

const gateway = (methods: string, path: string) =>
  calls("apigateway", methods, `arn:aws:apigateway:${region}::${path}`);

const inApi = (api: unknown, path: string) => `/restapis/${text(api)}${path}`;

/** A tagged resource of API Gateway: its tags have an address of their own. */
const tags = () => gateway("PUT DELETE", `/tags/arn%3Aaws%3Aapigateway`);

/** Something that is created in a collection of an API, and then has an address of its own. */
const member =
  (collection: string): CallsFor =>
  ({ id, inputs: { restApi } }) => [
    ...gateway("POST", inApi(restApi, `/${collection}`)),
    ...gateway("GET PATCH DELETE", inApi(restApi, `/${collection}/${id}`)),
  ];

const methodPath = ({ restApi, resourceId, httpMethod }: Readonly<Record<string, unknown>>) =>
  inApi(restApi, `/resources/${text(resourceId)}/methods/${text(httpMethod)}`);

const pool = (id: unknown) => `arn:aws:cognito-idp:${region}:${account}:userpool/${text(id)}`;

/** Cognito creates its role for mail with the deployer's credentials (documented: COGNITO/user-pool-email). */
const mailRole: CallsFor = ({ inputs }) =>
  JSON.stringify(inputs["emailConfiguration"] ?? "").includes('"DEVELOPER"')
    ? calls(
        "iam",
        "CreateServiceLinkedRole",
        `arn:aws:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService`,
        { "iam:AWSServiceName": "email.cognito-idp.amazonaws.com" },
      )
    : [];

/** Rows of types. */
export const apiCalls: Readonly<Record<string, CallsFor>> = {
  "aws:apigateway/account:Account": ({ existing = false, inputs }) => [
    ...gateway("GET", "/account"),
    ...(existing || inputs["cloudwatchRoleArn"] === undefined
      ? []
      : [
          ...gateway("PATCH", "/account"),
          ...passRole(inputs["cloudwatchRoleArn"], "apigateway.amazonaws.com"),
        ]),
  ],
  "aws:apigateway/restApi:RestApi": ({ id }) => [
    ...gateway("POST", "/restapis"),
    ...gateway("GET PATCH DELETE", `/restapis/${id}`),
    ...gateway("GET", `/restapis/${id}/resources`),
    ...tags(),
  ],
  "aws:apigateway/authorizer:Authorizer": member("authorizers"),
  "aws:apigateway/deployment:Deployment": member("deployments"),
  "aws:apigateway/model:Model": member("models"),
  "aws:apigateway/requestValidator:RequestValidator": member("requestvalidators"),
  "aws:apigateway/resource:Resource": ({ id, inputs: { restApi, parentId } }) => [
    ...gateway("POST", inApi(restApi, `/resources/${text(parentId)}`)),
    ...gateway("GET PATCH DELETE", inApi(restApi, `/resources/${id}`)),
  ],
  "aws:apigateway/method:Method": ({ inputs }) =>
    gateway("PUT GET PATCH DELETE", methodPath(inputs)),
  "aws:apigateway/integration:Integration": ({ inputs }) =>
    gateway("PUT GET PATCH DELETE", `${methodPath(inputs)}/integration`),
  "aws:apigateway/methodResponse:MethodResponse": ({ inputs }) =>
    gateway("PUT GET PATCH DELETE", `${methodPath(inputs)}/responses/200`),
  "aws:apigateway/integrationResponse:IntegrationResponse": ({ inputs }) =>
    gateway("PUT GET DELETE", `${methodPath(inputs)}/integration/responses/200`),
  "aws:apigateway/response:Response": ({ inputs: { restApiId, responseType } }) =>
    gateway("PUT GET DELETE", inApi(restApiId, `/gatewayresponses/${text(responseType)}`)),
  "aws:apigateway/stage:Stage": ({ inputs: { restApi, stageName } }) => [
    ...gateway("POST", inApi(restApi, "/stages")),
    ...gateway("GET PATCH DELETE", inApi(restApi, `/stages/${text(stageName)}`)),
    ...tags(),
  ],
  "aws:apigateway/methodSettings:MethodSettings": ({ inputs: { restApi, stageName } }) =>
    gateway("PATCH GET", inApi(restApi, `/stages/${text(stageName)}`)),
  "aws:apigateway/apiKey:ApiKey": ({ id }) => [
    ...gateway("POST", "/apikeys"),
    ...gateway("GET PATCH DELETE", `/apikeys/${id}`),
    ...tags(),
  ],
  "aws:apigateway/usagePlan:UsagePlan": ({ id }) => [
    ...gateway("POST", "/usageplans"),
    ...gateway("GET PATCH DELETE", `/usageplans/${id}`),
    ...tags(),
  ],
  "aws:apigateway/usagePlanKey:UsagePlanKey": ({ inputs: { usagePlanId, keyId } }) => [
    ...gateway("POST", `/usageplans/${text(usagePlanId)}/keys`),
    ...gateway("GET DELETE", `/usageplans/${text(usagePlanId)}/keys/${text(keyId)}`),
  ],
  "aws:cognito/riskConfiguration:RiskConfiguration": ({ inputs }) =>
    calls(
      "cognito-idp",
      "SetRiskConfiguration DescribeRiskConfiguration",
      pool(inputs["userPoolId"]),
    ),
  // Documented: COGNITO/exporting-quotas-and-usage.
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": ({ inputs }) => [
    ...calls(
      "cognito-idp",
      "SetLogDeliveryConfiguration GetLogDeliveryConfiguration",
      pool(inputs["userPoolId"]),
    ),
    ...calls(
      "logs",
      `CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries
      PutResourcePolicy DescribeResourcePolicies DescribeLogGroups`,
      "*",
    ),
  ],
  "aws:cognito/userPool:UserPool": (resource) => [
    ...mailRole(resource),
    ...calls("cognito-idp", "CreateUserPool", "*"),
    ...calls(
      "cognito-idp",
      `TagResource UntagResource DescribeUserPool UpdateUserPool SetUserPoolMfaConfig
      GetUserPoolMfaConfig DeleteUserPool`,
      arnOf(resource),
    ),
  ],
  "aws:cognito/userPoolClient:UserPoolClient": ({ inputs }) =>
    calls(
      "cognito-idp",
      "CreateUserPoolClient DescribeUserPoolClient UpdateUserPoolClient DeleteUserPoolClient",
      pool(inputs["userPoolId"]),
    ),
  "aws:cognito/userPoolDomain:UserPoolDomain": ({ inputs }) => [
    ...calls("cognito-idp", "DescribeUserPoolDomain", "*"),
    ...calls(
      "cognito-idp",
      "CreateUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain",
      pool(inputs["userPoolId"]),
    ),
  ],
  "aws:wafv2/webAcl:WebAcl": (resource) => [
    ...calls(
      "wafv2",
      "CreateWebACL TagResource UntagResource GetWebACL UpdateWebACL ListTagsForResource DeleteWebACL",
      arnOf(resource),
    ),
    // An access control list with AWS's rule groups names them too (Service Authorization Reference).
    ...calls(
      "wafv2",
      "CreateWebACL UpdateWebACL",
      `arn:aws:wafv2:${region}:${account}:regional/managedruleset/AWSManagedRulesCommonRuleSet/id`,
    ),
  ],
  "aws:wafv2/ipSet:IpSet": (resource) => [
    ...calls(
      "wafv2",
      "CreateIPSet TagResource UntagResource GetIPSet UpdateIPSet ListTagsForResource DeleteIPSet",
      arnOf(resource),
    ),
    // So does one with a set of addresses (reported: aws/aws-pdk#104).
    ...calls("wafv2", "CreateWebACL UpdateWebACL", arnOf(resource)),
  ],
  // Documented: WAF's developer guide, "Setting up web ACL associations".
  "aws:wafv2/webAclAssociation:WebAclAssociation": ({ inputs: { resourceArn, webAclArn } }) => [
    ...[webAclArn, resourceArn].flatMap((arn) =>
      calls("wafv2", "AssociateWebACL GetWebACLForResource DisassociateWebACL", text(arn)),
    ),
    // Of a user pool documented: COGNITO/user-pool-waf.
    ...(text(resourceArn).includes(":userpool/")
      ? calls(
          "cognito-idp",
          "AssociateWebACL GetWebACLForResource DisassociateWebACL",
          text(resourceArn),
        )
      : calls("apigateway", "SetWebACL", text(resourceArn))),
  ],
  // Documented: WAF/logging-cw-logs and WAF/using-service-linked-roles.
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ({ inputs }) => [
    ...calls(
      "wafv2",
      "PutLoggingConfiguration GetLoggingConfiguration DeleteLoggingConfiguration",
      text(inputs["resourceArn"]),
    ),
    ...calls(
      "logs",
      `CreateLogDelivery DeleteLogDelivery PutResourcePolicy DescribeResourcePolicies
      DescribeLogGroups`,
      "*",
    ),
    ...calls(
      "iam",
      "CreateServiceLinkedRole",
      `arn:aws:iam::${account}:role/aws-service-role/wafv2.amazonaws.com/AWSServiceRoleForWAFV2Logging`,
      { "iam:AWSServiceName": "wafv2.amazonaws.com" },
    ),
  ],
  "aws:cloudwatch/logGroup:LogGroup": (resource) => [
    ...calls("logs", "DescribeLogGroups", "*"),
    ...calls(
      "logs",
      `CreateLogGroup AssociateKmsKey DisassociateKmsKey PutRetentionPolicy TagResource UntagResource
      ListTagsForResource DeleteLogGroup`,
      arnOf(resource),
    ),
  ],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": () =>
    calls("logs", "PutResourcePolicy DescribeResourcePolicies DeleteResourcePolicy", "*"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (resource) => [
    ...calls(
      "cloudwatch",
      "PutMetricAlarm TagResource UntagResource ListTagsForResource DeleteAlarms",
      arnOf(resource),
    ),
    // AWS asks for every alarm, whichever is described (reported: aws-samples/amazon-cloudwatch-auto-alarms#1).
    ...calls("cloudwatch", "DescribeAlarms", `arn:aws:cloudwatch:${region}:${account}:alarm:*`),
  ],
  "aws:cloudwatch/dashboard:Dashboard": ({ outputs }) =>
    calls(
      "cloudwatch",
      "PutDashboard GetDashboard DeleteDashboards",
      text(outputs["dashboardArn"]),
    ),
};
