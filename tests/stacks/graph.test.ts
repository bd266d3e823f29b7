/** What `sst deploy --stage prod` would create, read from the graph that SST's components produce. */
import { routes } from "@secure-lambda/core/contract";
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graphOf, statementsOf, type Graph } from "../support/graph.ts";

let cloud: LocalCloud;
let graph: Graph;
const output: string[] = [];
beforeAll(async () => {
  cloud = await startLocalCloud();
  await cloud.deploy({ stage: "prod", onLine: (line) => output.push(line) });
  graph = graphOf(cloud.graph("prod"));
});
afterAll(() => cloud.stop());

describe("the API", () => {
  it.each(routes)("lets users of pool $userPool alone call POST $path", ({ path, userPool }) => {
    const resource = graph
      .all("aws:apigateway/resource:Resource")
      .find(({ outputs }) => outputs["path"] === path);
    const methods = graph
      .all("aws:apigateway/method:Method")
      .filter(({ inputs }) => inputs["resourceId"] === idOf(resource));
    const authorizer = graph.one(
      "aws:apigateway/authorizer:Authorizer",
      `ApiAuthorizerAGAuthorizer${userPool}Authorizer`,
    );
    expect(methods.map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({
        httpMethod: "POST",
        authorization: "COGNITO_USER_POOLS",
        authorizerId: idOf(authorizer),
      }),
    ]);
    expect(authorizer.inputs).toMatchObject({
      name: `AGAuthorizer${userPool}`,
      providerArns: [pool(userPool).outputs["arn"]],
    });
  });

  it("has one method for each route and no OPTIONS", () => {
    const methods = graph
      .all("aws:apigateway/method:Method")
      .map(({ inputs }) => inputs["httpMethod"]);
    expect(methods).toEqual(routes.map(() => "POST"));
  });

  it("answers no error with CORS headers", () => {
    expect(JSON.stringify(graph.all("aws:apigateway/response:Response"))).not.toContain(
      "Allow-Origin",
    );
  });

  it("is regional and has a stage named after SST's", () => {
    expect(graph.one("aws:apigateway/restApi:RestApi").inputs["endpointConfiguration"]).toEqual({
      types: "REGIONAL",
    });
    expect(graph.one("aws:apigateway/stage:Stage").inputs["stageName"]).toBe("prod");
  });

  it("throttles every method to 50 requests a second with a stated burst", () => {
    expect(graph.one("aws:apigateway/methodSettings:MethodSettings").inputs).toMatchObject({
      methodPath: "*/*",
      settings: { throttlingRateLimit: 50, throttlingBurstLimit: expect.any(Number) },
    });
  });

  it("has one function behind both routes", () => {
    const targets = graph
      .all("aws:apigateway/integration:Integration")
      .map(({ inputs }) => inputs["uri"]);
    expect(targets).toEqual(
      Array(routes.length).fill(lambda("ExternalLambda").outputs["invokeArn"]),
    );
  });
});

describe("the firewall", () => {
  it("stands in front of the stage and counts requests from an IP set", () => {
    const webAcl = graph.one("aws:wafv2/webAcl:WebAcl");
    expect(graph.one("aws:wafv2/webAclAssociation:WebAclAssociation").inputs).toEqual({
      resourceArn: graph.one("aws:apigateway/stage:Stage").outputs["arn"],
      webAclArn: webAcl.outputs["arn"],
    });
    expect(webAcl.inputs).toMatchObject({
      scope: "REGIONAL",
      rules: [
        expect.objectContaining({
          action: { count: {} },
          statement: {
            ipSetReferenceStatement: { arn: graph.one("aws:wafv2/ipSet:IpSet").outputs["arn"] },
          },
        }),
      ],
    });
  });
});

describe.each([1, 2] as const)("user pool %i", (number) => {
  const client = () =>
    graph.one("aws:cognito/userPoolClient:UserPoolClient", `MyUserPool${number}ClientClient`);

  it("signs people in by e-mail", () => {
    expect(pool(number).inputs).toMatchObject({ usernameAttributes: ["email"] });
  });

  it("takes passwords, administrators' sign-ins and SRP, and hands out codes, never tokens in URLs", () => {
    expect(client().inputs).toMatchObject({
      allowedOauthFlows: ["code"],
      explicitAuthFlows: expect.arrayContaining([
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
      ]),
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
    });
  });

  it("has a hosted login page under a prefix of its own", () => {
    expect(
      graph.one("aws:cognito/userPoolDomain:UserPoolDomain", `MyUserPool${number}Domain`).inputs[
        "domain"
      ],
    ).toMatch(new RegExp(`^secure-lambda-prod-${number}-[0-9a-f]{8}$`));
  });

  it("gives ExternalLambda its keys", () => {
    const { variables } = environment("ExternalLambda");
    const auth = JSON.parse(String(variables["ROUTE_AUTH"]));
    expect(auth[`/lambda${number}`]).toMatchObject({
      userPoolId: idOf(pool(number)),
      clientId: idOf(client()),
      jwks: { keys: [expect.objectContaining({ kty: "RSA", alg: "RS256" })] },
    });
  });
});

describe("the functions", () => {
  it.each(["ExternalLambda", "InternalLambda"])(
    "%s runs Node 24 on arm64 and logs JSON",
    (name) => {
      expect(lambda(name).inputs).toMatchObject({
        name: `secure-lambda-prod-${name}`,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        loggingConfig: { logFormat: "JSON", logGroup: `/aws/lambda/secure-lambda-prod-${name}` },
      });
    },
  );

  it("ExternalLambda may read the one secret and publish to the one topic, and nothing else", () => {
    const secret = graph.one("aws:secretsmanager/secret:Secret").outputs["arn"];
    const topic = graph.one("aws:sns/topic:Topic").outputs["arn"];
    expect(statementsOf(graph.one("aws:iam/role:Role", "ExternalLambdaRole"))).toEqual([
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [secret] },
      { Effect: "Allow", Action: ["sns:Publish"], Resource: [topic] },
    ]);
  });

  it("InternalLambda may do nothing but log", () => {
    expect(statementsOf(graph.one("aws:iam/role:Role", "InternalLambdaRole"))).toEqual([]);
  });

  it.each(["ExternalLambda", "InternalLambda"])(
    "Lambda alone may assume the role of %s",
    (name) => {
      const { assumeRolePolicy } = graph.one("aws:iam/role:Role", `${name}Role`).inputs;
      expect(JSON.parse(String(assumeRolePolicy)).Statement).toEqual([
        {
          Sid: "AllowAssumeRole",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "lambda.amazonaws.com" },
        },
      ]);
    },
  );

  it("no role's own policy grants an action or a resource by *", () => {
    const granted = graph
      .all("aws:iam/role:Role")
      .flatMap(statementsOf)
      .flatMap(({ Action, Resource = [] }) => [...Action, ...Resource]);
    expect(granted.filter((value) => value.includes("*"))).toEqual([]);
    expect(granted).toContain("sns:Publish");
  });
});

describe("messages", () => {
  it("go from the topic to InternalLambda, which the topic alone may invoke", () => {
    const topic = graph.one("aws:sns/topic:Topic").outputs["arn"];
    const internal = lambda("InternalLambda").outputs["arn"];
    expect(graph.one("aws:sns/topicSubscription:TopicSubscription").inputs).toMatchObject({
      topic,
      protocol: "lambda",
      endpoint: internal,
    });
    const permissions = graph
      .all("aws:lambda/permission:Permission")
      .filter(({ inputs }) => inputs["function"] === internal);
    expect(permissions.map(({ inputs }) => inputs)).toEqual([
      expect.objectContaining({ principal: "sns.amazonaws.com", sourceArn: topic }),
    ]);
  });

  it("go to the topic that the secret names", () => {
    const { secretString } = graph.one("aws:secretsmanager/secretVersion:SecretVersion").inputs;
    expect(JSON.parse(String(secretString))).toEqual({
      TOPIC_ARN: graph.one("aws:sns/topic:Topic").outputs["arn"],
    });
    expect(graph.one("aws:secretsmanager/secret:Secret").inputs["name"]).toBe(
      "secure-lambda/prod/LambdaSNSTopicARN",
    );
  });
});

describe("production", () => {
  it("shows what people need to call it", () => {
    const { outputs } = graph.one("pulumi:pulumi:Stack");
    expect(outputs).toMatchObject({
      apiUrl: expect.stringMatching(
        /^https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/prod\/$/,
      ),
      userPool1: idOf(pool(1)),
      userPool2: idOf(pool(2)),
      userPoolClient1: expect.any(String),
      userPoolClient2: expect.any(String),
    });
    expect(output.join("\n")).toContain("Complete");
  });

  it("cannot be removed by a slip", async () => {
    await expect(cloud.remove({ stage: "prod" })).rejects.toThrow(/protected/);
    expect(cloud.graph("prod").length).toBeGreaterThan(50);
  });
});

const pool = (number: 1 | 2) =>
  graph.one("aws:cognito/userPool:UserPool", `MyUserPool${number}UserPool`);
const lambda = (name: string) => graph.one("aws:lambda/function:Function", `${name}Function`);
const idOf = (resource: { id: string } | undefined) => resource?.id;

function environment(name: string): { variables: Record<string, unknown> } {
  const { environment: value } = lambda(name).inputs;
  if (typeof value !== "object" || value === null || !("variables" in value)) {
    throw new Error(`${name} has no environment.`);
  }
  return { variables: Object.fromEntries(Object.entries(value.variables ?? {})) };
}
