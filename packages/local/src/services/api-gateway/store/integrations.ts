/** Stores the integration of a method: a Lambda function, or a mock for OPTIONS. */
import {
  type FindApi,
  findMethod,
  methodKey,
  type MethodName,
  type MockIntegration,
  type ProxyIntegration,
} from "./definition.ts";
import { compileExpression } from "./expressions.ts";
import { literalHeaders } from "./literals.ts";
import { ConfigurationError, UnsupportedConfigurationError } from "./configuration-errors.ts";

/** An integration. */
interface IntegrationInput extends MethodName {
  restApiId: string;
  /** `AWS_PROXY`, or `MOCK` for OPTIONS. */
  type: string;
  /** The function's invoke ARN, for `AWS_PROXY`. */
  uri?: string | undefined;
  integrationHttpMethod?: string | undefined;
  /** In ms; default 29,000. */
  timeoutMilliseconds?: number | undefined;
  /** A mock's, whose `application/json` template must name the status. */
  requestTemplates?: Readonly<Record<string, string>> | undefined;
}

/** A response of a mock integration. */
interface IntegrationResponseInput extends MethodName {
  restApiId: string;
  statusCode: string;
  selectionPattern?: string | undefined;
  /** Keys are `method.response.header.NAME`, values literals in single quotes. */
  responseParameters?: Readonly<Record<string, string>> | undefined;
  responseTemplates?: Readonly<Record<string, string>> | undefined;
}

const invokeArn =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/;

/** Default and minimum, in ms: APIGW/api-gateway-execution-service-limits-table. */
const defaultTimeout = 29_000;
const minimumTimeout = 50;

/** Operations on integrations and integration responses. */
export function integrationOperations(findApi: FindApi) {
  /**
   * Sets a response of a mock integration.
   * @throws ConfigurationError when the method does not declare the response or a header of it;
   * UnsupportedConfigurationError for headers and bodies that are not literals.
   */
  function putIntegrationResponse(input: IntegrationResponseInput): void {
    const method = findMethod(findApi(input.restApiId), input);
    const { statusCode, selectionPattern, responseParameters = {} } = input;
    const declared = method.responses.get(statusCode);
    const headers = literalHeaders(responseParameters, "method.response.header.");
    const undeclared = headers.keys().find((name) => !declared?.has(name.toLowerCase()));
    if (!declared || undeclared !== undefined) {
      throw new ConfigurationError(
        "BadRequestException",
        `The method declares no response ${statusCode} ${undeclared ? `with ${undeclared}` : ""}`,
      );
    }
    const body = input.responseTemplates?.["application/json"] ?? "";
    if (/[$#]/.test(body)) throw new UnsupportedConfigurationError("response mapping templates");
    if (selectionPattern !== undefined) compileExpression(selectionPattern);
    const status = Number(statusCode);
    const response = { statusCode: status, selectionPattern, headers, body };
    method.integrationResponses.set(statusCode, response);
  }

  return {
    /**
     * Sets the integration of a method.
     * @throws UnsupportedConfigurationError for an integration that is not served here;
     * ConfigurationError when the method is missing or the timeout is out of range.
     */
    putIntegration(input: IntegrationInput): void {
      findMethod(findApi(input.restApiId), input).integration = readIntegration(input);
    },

    /** Removes the integration of a method, which can no longer be deployed then. */
    deleteIntegration(restApiId: string, name: MethodName): void {
      const method = findApi(restApiId).methods.get(methodKey(name));
      if (method) method.integration = undefined;
    },

    putIntegrationResponse,

    /** Removes a response of a mock integration. */
    deleteIntegrationResponse(restApiId: string, name: MethodName, statusCode: string): void {
      findApi(restApiId).methods.get(methodKey(name))?.integrationResponses.delete(statusCode);
    },
  };
}

function readIntegration(input: IntegrationInput): ProxyIntegration | MockIntegration {
  if (input.type === "AWS_PROXY") return readProxy(input);
  if (input.type === "MOCK" && input.httpMethod === "OPTIONS") return readMock(input);
  throw new UnsupportedConfigurationError(
    `the integration type ${input.type} behind ${input.httpMethod}`,
  );
}

function readProxy({ uri = "", integrationHttpMethod, timeoutMilliseconds }: IntegrationInput) {
  const [, functionArn] = invokeArn.exec(uri) ?? [];
  if (functionArn === undefined) {
    throw new UnsupportedConfigurationError(`the AWS_PROXY integration with "${uri}"`);
  }
  if (integrationHttpMethod === undefined) {
    throw new ConfigurationError(
      "BadRequestException",
      "An AWS_PROXY integration needs its HTTP method.",
    );
  }
  const timeout = timeoutMilliseconds ?? defaultTimeout;
  if (!Number.isInteger(timeout) || timeout < minimumTimeout) {
    throw new ConfigurationError(
      "BadRequestException",
      `An integration's timeout is at least ${minimumTimeout} ms, not ${timeout}.`,
    );
  }
  return {
    type: "AWS_PROXY",
    functionArn,
    integrationHttpMethod,
    timeoutMilliseconds: timeout,
  } as const;
}

/** SST and CDK write `{ statusCode: 200 }`, which is not JSON; API Gateway accepts it. */
function readMock({ requestTemplates }: IntegrationInput) {
  const template = requestTemplates?.["application/json"] ?? "";
  const [, status] = /^\s*\{\s*["']?statusCode["']?\s*:\s*(\d{3})\s*\}\s*$/.exec(template) ?? [];
  if (status === undefined) {
    throw new UnsupportedConfigurationError(`the mock's request template "${template}"`);
  }
  return { type: "MOCK", status: Number(status) } as const;
}
