/** The deployed routes that call a function, with what guards them. */
import * as z from "zod";
import type { RequestRecord } from "../../requests/record.ts";
import type { Method } from "../../services/api-gateway/store/definition.ts";
import type { RestApis } from "../../services/api-gateway/store/rest-apis.ts";
import type { Route } from "../../services/api-gateway/store/routes.ts";
import type { ServedStage } from "../../services/api-gateway/store/stages.ts";
import type { RawRequest } from "../../http/send.ts";
import { exampleOf, type RequestExample } from "./example.ts";

/** The authorizer of a route. */
export interface RouteAuthorizer {
  /** The header that carries the token. */
  readonly header: string;
  readonly userPoolIds: readonly string[];
  readonly audience: string | undefined;
  /** With scopes, access tokens are accepted in place of ID tokens. */
  readonly scopes: readonly string[];
}

/** What a model says of the keys of a body. */
export type BodySchema = z.infer<typeof bodySchema>;

/** A route as it is attacked. */
export interface AttackedRoute {
  /** `POST /orders/{id}` */
  readonly label: string;
  readonly stage: ServedStage;
  readonly route: Route;
  readonly functionName: string;
  /** Undefined for a route that anybody may call. */
  readonly authorizer: RouteAuthorizer | undefined;
  /** The model that bodies are validated by; undefined where they are not. */
  readonly model: BodySchema | undefined;
  readonly example: RequestExample;
  /** The example as a request, without a token. */
  readonly request: RawRequest;
}

/** Reads the routes of every served stage. */
export function readRoutes(
  apis: RestApis,
  examples: readonly RequestExample[],
  newestFirst: () => readonly RequestRecord[],
): AttackedRoute[] {
  const stages = apis.servedStages();
  return stages.flatMap((stage) => {
    const prefix =
      stages.length > 1 ? `/_aws/execute-api/${stage.restApiId}/${stage.stageName}` : "";
    return stage.routes.flatMap((route): AttackedRoute[] => {
      const { method, resourcePath: path } = route;
      if (method.integration?.type !== "AWS_PROXY") return [];
      const example = exampleOf({ method: method.httpMethod, path }, examples, newestFirst);
      const authorizer = authorizerOf(method, stage);
      return [
        {
          label: `${method.httpMethod} ${path}`,
          stage,
          route,
          authorizer,
          example,
          functionName: method.integration.functionArn.split(":")[6] ?? "",
          model: modelOf(method, stage),
          request: {
            method: example.method,
            target: `${prefix}${example.target}`,
            headers: [
              ...agentHeaders(example),
              ...example.headers.filter(([name]) => !isHeader(name, authorizer?.header)),
              ...keyHeaders(method, stage, apis),
            ],
            body: Buffer.from(example.body ?? ""),
          },
        },
      ];
    });
  });
}

const isHeader = (name: string, other = "authorization") =>
  name.toLowerCase() === other.toLowerCase();

/** Firewalls refuse requests without one, whatever else they are. */
function agentHeaders({ headers }: RequestExample) {
  const hasAgent = headers.some(([name]) => isHeader(name, "user-agent"));
  return hasAgent ? [] : [["User-Agent", "local-cloud-attacks"] as const];
}

function keyHeaders({ rules }: Method, { restApiId, stageName }: ServedStage, apis: RestApis) {
  const [key] = rules.apiKeyRequired ? apis.keysOf(restApiId, stageName) : [];
  return key === undefined ? [] : [["x-api-key", key] as const];
}

function authorizerOf(
  { authorization }: Method,
  { api }: ServedStage,
): RouteAuthorizer | undefined {
  if (authorization.type === "NONE") return undefined;
  const found = api.authorizers.get(authorization.authorizerId);
  if (found === undefined) return undefined;
  const { header, audience, providerArns } = found;
  const userPoolIds = providerArns.map((arn) => arn.slice(arn.lastIndexOf("/") + 1));
  return { header, audience, userPoolIds, scopes: authorization.scopes };
}

const bodySchema = z.looseObject({
  additionalProperties: z.unknown(),
  properties: z.record(z.string(), z.looseObject({ type: z.unknown() })).default({}),
});

function modelOf({ rules }: Method, { api }: ServedStage): BodySchema | undefined {
  if (api.validators.get(rules.validatorId ?? "")?.body !== true) return undefined;
  const name = rules.models.get("application/json") ?? rules.models.get("$default");
  const model = api.models.values().find((one) => one.name === name);
  return model && bodySchema.parse(model.schema);
}
