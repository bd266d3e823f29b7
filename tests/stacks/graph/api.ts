/** The API in front of ExternalLambda. */
import { problems, routeRows, securityHeaders } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { textOutput } from "../../support/graph.ts";
import type { DeployedStage } from "./deployed.ts";

const METHOD = "aws:apigateway/method:Method";
const RESPONSE = "aws:apigateway/response:Response";

export function testApi({ stage, settings, graph }: DeployedStage): void {
  const lambda = () => graph().one("aws:lambda/function:Function", "ExternalLambdaFunction");
  const api = () => graph().one("aws:apigateway/restApi:RestApi");
  const apiStage = () => graph().one("aws:apigateway/stage:Stage");

  describe("the routes", () => {
    it.each(routeRows)(
      "$method $path is for users of pool $userPool only",
      ({ method, path, userPool }) => {
        const resource = graph()
          .all("aws:apigateway/resource:Resource")
          .find(({ outputs }) => outputs["path"] === path);
        const methods = graph()
          .all(METHOD)
          .filter(
            ({ inputs }) =>
              inputs["resourceId"] === resource?.id && inputs["httpMethod"] === method,
          );
        const authorizer = graph().one(
          "aws:apigateway/authorizer:Authorizer",
          `ApiAuthorizerAGAuthorizer${userPool}Authorizer`,
        );
        expect(methods.map(({ inputs }) => inputs)).toEqual([
          expect.objectContaining({
            httpMethod: method,
            authorization: "COGNITO_USER_POOLS",
            authorizerId: authorizer.id,
          }),
        ]);
        const pool = graph().one("aws:cognito/userPool:UserPool", `MyUserPool${userPool}UserPool`);
        const client = graph().one(
          "aws:cognito/userPoolClient:UserPoolClient",
          `MyUserPool${userPool}ClientClient`,
        );
        expect(authorizer.inputs).toMatchObject({
          name: `AGAuthorizer${userPool}`,
          type: "COGNITO_USER_POOLS",
          providerArns: [pool.outputs["arn"]],
          identityValidationExpression: `^${client.id}$`,
          authorizerResultTtlInSeconds: 0,
        });
      },
    );

    it("have only their own methods, without API key, and CORS only for the origin that the stage names", () => {
      const { corsOrigin } = settings;
      const paths = new Set(routeRows.map(({ path }) => path));
      const preflights = corsOrigin === undefined ? [] : Array<string>(paths.size).fill("OPTIONS");
      const methods = graph().all(METHOD);
      expect(methods.map(({ inputs }) => String(inputs["httpMethod"])).toSorted()).toEqual(
        [...routeRows.map(({ method }) => method), ...preflights].toSorted(),
      );
      expect(methods.filter(({ inputs }) => inputs["apiKeyRequired"] === true)).toEqual([]);
      expect(graph().all("aws:apigateway/usagePlan:UsagePlan")).toEqual([]);
      const origins = JSON.stringify(graph().resources).match(
        /(?<=Access-Control-Allow-Origin":")'[^"]*'/g,
      );
      expect([...new Set(origins)]).toEqual(corsOrigin === undefined ? [] : [`'${corsOrigin}'`]);
    });

    it("invoke one function, each permitted for its own method and path only", () => {
      const uris = graph()
        .all("aws:apigateway/integration:Integration")
        .flatMap(({ inputs }) => inputs["uri"] ?? []);
      expect(uris).toEqual(routeRows.map(() => lambda().outputs["invokeArn"]));
      const permissions = graph()
        .all("aws:lambda/permission:Permission")
        .filter(({ inputs }) => inputs["function"] === lambda().outputs["arn"]);
      for (const { inputs } of permissions) {
        expect(inputs["principal"]).toBe("apigateway.amazonaws.com");
      }
      const ofStage = `${textOutput(api(), "executionArn")}/${stage}`;
      expect(permissions.map(({ inputs }) => inputs["sourceArn"])).toEqual(
        expect.arrayContaining(
          routeRows.map(
            ({ method, path }) => `${ofStage}/${method}${path.replaceAll(/\{\w+\}/g, "*")}`,
          ),
        ),
      );
      expect(permissions).toHaveLength(routeRows.length);
    });

    it("validate JSON bodies with the model generated from the zod schema", () => {
      const model = graph().one("aws:apigateway/model:Model", "GreetRequest");
      expect(JSON.parse(z.string().parse(model.inputs["schema"]))).toMatchObject({
        required: expect.arrayContaining(["name"]),
        additionalProperties: false,
      });
      const validator = graph().one("aws:apigateway/requestValidator:RequestValidator");
      expect(validator.inputs).toMatchObject({ validateRequestBody: true });
      for (const { name, request } of routeRows) {
        const { inputs } = graph().one(METHOD, `ApiRoute${name}Method`);
        expect(inputs["requestValidatorId"]).toBe(validator.id);
        expect(inputs["requestModels"]).toEqual(
          request.json && { "application/json": request.json.model },
        );
      }
    });
  });

  describe("the stage", () => {
    it("is regional and named after SST's", () => {
      expect(api().inputs["endpointConfiguration"]).toEqual({ types: "REGIONAL" });
      expect(apiStage().inputs["stageName"]).toBe(stage);
    });

    it("limits rate and burst of every method, measures it and traces no data", () => {
      expect(graph().one("aws:apigateway/methodSettings:MethodSettings").inputs).toMatchObject({
        stageName: stage,
        methodPath: "*/*",
        settings: {
          throttlingRateLimit: settings.throttle.rateLimit,
          throttlingBurstLimit: settings.throttle.burstLimit,
          metricsEnabled: settings.monitoring.methodMetrics,
          loggingLevel: "ERROR",
          dataTraceEnabled: false,
          cachingEnabled: false,
        },
      });
      expect(apiStage().inputs["xrayTracingEnabled"]).toBe(true);
    });

    it("logs each request as JSON, with the decisions of firewall and authorizer", () => {
      const { destinationArn, format } = z
        .object({ destinationArn: z.string(), format: z.string() })
        .parse(apiStage().inputs["accessLogSettings"]);
      const line = z.record(z.string(), z.string()).parse(JSON.parse(format));
      expect(line).toMatchObject({
        requestId: "$context.requestId",
        status: "$context.status",
        waf: "$context.wafResponseCode",
        authorizeStatus: "$context.authorize.status",
        subject: "$context.authorizer.claims.sub",
      });
      expect(destinationArn).toBe(
        graph().one("aws:cloudwatch/logGroup:LogGroup", "ApiAccessLog").outputs["arn"],
      );
    });

    it.each(["email", "username", 'authorizer.claims"', "validationError", "userAgent", "$input"])(
      "logs no %s",
      (word) => {
        expect(JSON.stringify(apiStage().inputs["accessLogSettings"])).not.toContain(word);
      },
    );
  });

  describe("API Gateway's own responses", () => {
    it("are problem details of fixed text, with security headers", () => {
      const responses = graph().all(RESPONSE);
      for (const { inputs } of responses) {
        expect(inputs["responseParameters"]).toMatchObject(
          Object.fromEntries(
            Object.entries({ ...securityHeaders, "Content-Type": "application/problem+json" }).map(
              ([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`],
            ),
          ),
        );
        const template = z
          .object({ "application/json": z.string() })
          .parse(inputs["responseTemplates"])["application/json"];
        const body = JSON.parse(template);
        const isOfContract = inputs["responseType"] === "BAD_REQUEST_BODY";
        expect(body).toMatchObject({
          ...(isOfContract ? problems.invalidRequest : { type: "about:blank" }),
          requestId: "$context.requestId",
        });
        expect(String(body.status ?? "")).toBe(inputs["statusCode"] ?? "");
      }
      expect(responses.map(({ inputs }) => inputs["responseType"])).toEqual(
        expect.arrayContaining(["DEFAULT_4XX", "DEFAULT_5XX", "WAF_FILTERED", "THROTTLED"]),
      );
    });

    it("leave failed integrations their statuses, and name that of one that timed out", () => {
      const statuses = new Map(
        graph()
          .all(RESPONSE)
          .map(({ inputs }) => [inputs["responseType"], inputs["statusCode"]]),
      );
      expect(statuses.has("INTEGRATION_FAILURE")).toBe(false);
      expect(statuses.get("INTEGRATION_TIMEOUT")).toBe("504");
      const fallback = graph().one(RESPONSE, "GatewayResponseDEFAULT_5XX").inputs;
      expect(fallback["statusCode"]).toBeUndefined();
    });

    it.each(["UNAUTHORIZED", "EXPIRED_TOKEN"])(
      "challenge for a bearer token: %s is 401",
      (responseType) => {
        const response = graph()
          .all(RESPONSE)
          .find(({ inputs }) => inputs["responseType"] === responseType);
        expect(response?.inputs).toMatchObject({
          statusCode: "401",
          responseParameters: { "gatewayresponse.header.WWW-Authenticate": "'Bearer'" },
        });
      },
    );
  });
}
