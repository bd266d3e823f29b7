/** A cloud with everything that attacks are aimed at, and gateways of it whose controls are taken out. */
import { createAttacks } from "../../src/attacks/run.ts";
import type { TargetsOptions } from "../../src/attacks/targets/targets.ts";
import { type Connection, type Handler, listen, type Listener } from "../../src/http/listen.ts";
import { createTokenVerifier } from "../../src/services/api-gateway/execute-api/cognito-token.ts";
import { createGateway, type GatewayDeps } from "../../src/services/api-gateway/gateway.ts";
import type { ServedStage } from "../../src/services/api-gateway/store/stages.ts";
import {
  connectionOf,
  functionArn,
  poolArn,
  putMethods,
} from "../services/api-gateway/gateway-harness.ts";
import { settingsOf, zipOf } from "../services/lambda/lambda-harness.ts";
import { common, groupRule, knownBad } from "../services/waf/managed-groups.ts";
import { visibilityConfig } from "../services/waf/web-acls.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

const topicArn = "arn:aws:sns:us-east-1:000000000000:names";
const roleOf = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

const model = {
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  properties: { name: { type: "string" } },
  required: ["name"],
  additionalProperties: false,
};

const greets = `export const handler = async () => ({ statusCode: 200, headers: { "content-type": "application/json" }, body: '{"greeting":"hello"}' });`;
const readsJson = `export const handler = async (event) => { for (const { Sns } of event.Records) JSON.parse(Sns.Message); };`;

/** The example of the cloud's only guarded route. */
export const example = {
  method: "POST",
  path: "/greet",
  target: "/greet",
  headers: [["Content-Type", "application/json"]] as const,
  body: '{"name":"Ada"}',
};

/** How the firewall of the cloud treats what its managed rules match. */
export type Mode = "block" | "count";

/** Starts the cloud with an API, its firewall, two user pools, a topic with its consumer, and a queue. */
export async function startAttackedCloud(mode: Mode = "block"): Promise<StartedCloud> {
  const cloud = await startTestCloud();
  const { apis, cognito, lambda, queues, topics } = cloud;
  const [pool] = await Promise.all(
    ["one", "two"].map(async (name) => {
      const { id } = await cognito.createUserPool({ name });
      cognito.createClient(id, { name: "app" });
      return id;
    }),
  );
  const api = putMethods(cloud, [{ path: "/greet", method: "POST" }]);
  const restApiId = api.id;
  const { id: authorizerId } = apis.putAuthorizer({
    restApiId,
    name: "pool-one",
    type: "COGNITO_USER_POOLS",
    providerArns: [poolArn(pool ?? "")],
  });
  apis.putModel({ restApiId, name: "Greeting", schema: JSON.stringify(model) });
  apis.putMethod({
    restApiId,
    resourceId: api.resourceIdOf("/greet"),
    httpMethod: "POST",
    authorization: "COGNITO_USER_POOLS",
    authorizerId,
    requestValidatorId: apis.putRequestValidator({ restApiId, validateRequestBody: true }).id,
    requestModels: { "application/json": "Greeting" },
  });
  const { id: deploymentId } = apis.deploy({ restApiId });
  const stage = apis.putStage({ restApiId, stageName: "local", deploymentId });
  const settings = { throttlingRateLimit: 100, throttlingBurstLimit: 60 };
  apis.putMethodSettings({ restApiId, stageName: "local", methodPath: "*/*", settings });
  guard(cloud, stage.arn, mode);

  await put(cloud, "External", greets, functionArn);
  lambda.addPermission({
    functionName: "External",
    statementId: "api",
    principal: "apigateway.amazonaws.com",
    action: "lambda:InvokeFunction",
  });
  const consumer = await put(cloud, "Internal", readsJson);
  topics.create("names");
  const publishing = { Effect: "Allow", Action: "sns:Publish", Resource: topicArn };
  allow(cloud, "External", publishing);
  topics.setAttributes(topicArn, {
    Policy: JSON.stringify({
      Statement: [
        {
          ...publishing,
          Sid: "OnlyExternal",
          Effect: "Deny",
          Principal: "*",
          Condition: { ArnNotEquals: { "aws:PrincipalArn": roleOf("External") } },
        },
      ],
    }),
  });
  queues.create("dead");
  const onFailure = queues.names.arnOf("dead");
  allow(cloud, "Internal", { Effect: "Allow", Action: "sqs:SendMessage", Resource: onFailure });
  lambda.putEventInvokeConfig("Internal", { maximumRetryAttempts: 1, onFailure });
  lambda.addPermission({
    functionName: "Internal",
    statementId: "topic",
    principal: "sns.amazonaws.com",
    action: "lambda:InvokeFunction",
    sourceArn: topicArn,
  });
  topics.subscribe({ topicArn, protocol: "lambda", endpoint: consumer });
  return cloud;
}

function allow({ roles }: StartedCloud, name: string, statement: object): void {
  roles.put({ name, arn: roleOf(name), inlinePolicies: [] });
  roles.attach(name, "own", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
}

function guard({ waf }: StartedCloud, stageArn: string, mode: Mode): void {
  const overrideAction = mode === "block" ? { none: {} } : { count: {} };
  const { arn } = waf.putWebAcl({
    name: "acl",
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [common, knownBad].map((name, priority) =>
      groupRule(name, {}, { name, priority, overrideAction }),
    ),
    visibilityConfig,
  });
  waf.associate(arn, stageArn);
}

/** Deploys a function, whose role is named as it is. */
export async function put(cloud: StartedCloud, name: string, source: string, arn?: string) {
  const zipFile = await zipOf(cloud.folder, { "bundle.mjs": source });
  const settings = settingsOf(zipFile, { name, ...(arn !== undefined && { arn }) });
  await cloud.lambda.putFunction({ ...settings, roleArn: roleOf(name) });
  return settings.arn;
}

/** A gateway of the cloud, of which something is different. */
export function alteredGateway(cloud: StartedCloud, changes: Partial<GatewayDeps>): Handler {
  const { environment, apis, waf, requests, cognito, lambda } = cloud;
  const now = () => cloud.now();
  return createGateway({
    environment,
    apis,
    waf,
    now,
    requests,
    measure: () => undefined,
    verifyToken: createTokenVerifier({ ...cognito, now }),
    invoke: (arn, payload) => lambda.invoke(arn, payload),
    isInvokeAllowed: () => true,
    recordSegment: () => undefined,
    log: () => undefined,
    logExecution: () => undefined,
    onError: (error) => {
      throw error;
    },
    ...changes,
  }).fetch;
}

/** The stages of the cloud with something taken out of each. */
export function altered(
  { apis }: StartedCloud,
  change: (stage: ServedStage) => Partial<ServedStage>,
): Pick<GatewayDeps, "apis"> {
  const servedStages = () => apis.servedStages().map((stage) => ({ ...stage, ...change(stage) }));
  return { apis: { ...apis, servedStages } };
}

/** Sends each request on as another one, as a careless proxy would. */
export function proxying(
  serve: Handler,
  change: (request: Request, connection: Connection) => Promise<[Request, target: string]>,
): Handler {
  return async (request, connection) => {
    const [changed, target] = await change(request, connection);
    return serve(changed, { ...connectionOf(changed), target });
  };
}

/** The attacks on a cloud whose API is served so; `stop` ends the listener. */
export async function attacksOn(
  cloud: StartedCloud,
  serve: Handler = cloud.gateway.fetch,
  changes: Partial<TargetsOptions> = {},
) {
  const listener: Listener = await listen(serve, 0);
  const attacks = createAttacks({
    ...cloud,
    apiUrl: () => listener.url,
    examples: [example],
    deadLetterMs: 10_000,
    ...changes,
  });
  return { ...attacks, stop: () => listener.close() };
}
