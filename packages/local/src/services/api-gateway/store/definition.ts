/** The configuration of a REST API, of which a deployment is a snapshot. */
import { randomInt } from "node:crypto";
import { notFound } from "./configuration-errors.ts";

/** One segment of the path tree; the root has no parent and an empty path part. */
export interface Resource {
  id: string;
  parentId: string | undefined;
  pathPart: string;
}

/** Who may call a method. */
export type Authorization =
  | { type: "NONE" }
  | { type: "COGNITO_USER_POOLS"; authorizerId: string; scopes: readonly string[] };

/** A Lambda proxy integration: the request is the event, the function's result the response. */
export interface ProxyIntegration {
  type: "AWS_PROXY";
  functionArn: string;
  /** How the function is invoked; API Gateway fails at run time on anything but POST. */
  integrationHttpMethod: string;
  timeoutMilliseconds: number;
}

/** A mock integration; `status` is the one that the request template names. */
export interface MockIntegration {
  type: "MOCK";
  status: number;
}

/** The response of a mock integration: literal headers and a literal body. */
export interface IntegrationResponse {
  statusCode: number;
  /** Matched against the mock's status; the response without one is the default. */
  selectionPattern: string | undefined;
  headers: ReadonlyMap<string, string>;
  body: string;
}

/** A parameter that a request must have. */
export interface RequiredParameter {
  location: "path" | "querystring" | "header";
  name: string;
}

/** What a method requires of a request before its integration is called. */
export interface RequestRules {
  apiKeyRequired: boolean;
  /** Without a validator neither models nor parameters are checked. */
  validatorId: string | undefined;
  /** Content type, or `$default`, to the name of a model. */
  models: ReadonlyMap<string, string>;
  requiredParameters: readonly RequiredParameter[];
}

/** A method of a resource with its integration and responses. */
export interface Method {
  resourceId: string;
  /** `ANY` or one of the methods that `ANY` stands for. */
  httpMethod: string;
  authorization: Authorization;
  rules: RequestRules;
  integration: ProxyIntegration | MockIntegration | undefined;
  /** Status code → the headers that the method declares for it. */
  responses: Map<string, ReadonlySet<string>>;
  integrationResponses: Map<string, IntegrationResponse>;
}

/** A Cognito authorizer: the pools whose tokens it accepts, and the header that carries them. */
export interface Authorizer {
  id: string;
  name: string;
  providerArns: readonly string[];
  header: string;
  /** A regular expression that the whole `aud` claim must match. */
  audience: string | undefined;
}

/** A model: a JSON schema for bodies, which methods refer to by its name. */
export interface Model {
  id: string;
  name: string;
  /** As `readSchema` gives it: plain JSON. */
  schema: object;
}

/** A request validator: which parts of a request are validated. */
export interface RequestValidator {
  id: string;
  body: boolean;
  parameters: boolean;
}

/** A gateway response: how an API customizes an error response. */
export interface GatewayResponse {
  responseType: string;
  statusCode: number | undefined;
  headers: ReadonlyMap<string, string>;
  templates: ReadonlyMap<string, string>;
}

/** The whole configuration of an API; plain data, so that it can be cloned. */
export interface RestApiDefinition {
  id: string;
  name: string;
  endpointType: "EDGE" | "REGIONAL";
  binaryMediaTypes: readonly string[];
  disableExecuteApiEndpoint: boolean;
  /** Whether the Host header must name the host of the TLS connection. */
  isStrict: boolean;
  rootResourceId: string;
  resources: Map<string, Resource>;
  /** By `methodKey`. */
  methods: Map<string, Method>;
  authorizers: Map<string, Authorizer>;
  /** By id. */
  models: Map<string, Model>;
  validators: Map<string, RequestValidator>;
  gatewayResponses: Map<string, GatewayResponse>;
}

/** Finds an API to change. @throws ConfigurationError when there is none with this id. */
export type FindApi = (restApiId: string) => RestApiDefinition;

/** Names a method of an API. */
export interface MethodName {
  resourceId: string;
  httpMethod: string;
}

/** The key of a method in `RestApiDefinition.methods`. */
export function methodKey({ resourceId, httpMethod }: MethodName): string {
  return `${resourceId} ${httpMethod}`;
}

/** Finds a method. @throws ConfigurationError when there is none. */
export function findMethod(api: RestApiDefinition, name: MethodName): Method {
  const method = api.methods.get(methodKey(name));
  if (!method) throw notFound("method", methodKey(name));
  return method;
}

/** The path of a resource, such as `/orders/{id}`; the root's is `/`. */
export function pathOf(api: RestApiDefinition, resourceId: string): string {
  const parts: string[] = [];
  let resource = api.resources.get(resourceId);
  while (resource?.parentId !== undefined) {
    parts.unshift(resource.pathPart);
    resource = api.resources.get(resource.parentId);
  }
  return `/${parts.join("/")}`;
}

const idAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A new id as API Gateway generates them: ten lowercase letters and digits. */
export function newId(): string {
  return Array.from({ length: 10 }, () => idAlphabet[randomInt(idAlphabet.length)]).join("");
}
