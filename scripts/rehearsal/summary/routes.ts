/** Which routes a deployment opens, who may call them, and what limits them. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import { text, type GraphView } from "../graph-view.ts";
import type { Section } from "./section.ts";

const methodSchema = z.object({
  restApi: z.string(),
  resourceId: z.string(),
  httpMethod: z.string(),
  authorization: z.string(),
  authorizerId: z.string().optional(),
  apiKeyRequired: z.boolean().optional(),
  requestValidatorId: z.string().optional(),
  requestModels: z.record(z.string(), z.string()).default({}),
});
type Method = z.infer<typeof methodSchema>;

const authorizerSchema = z.object({
  name: z.string(),
  providerArns: z.array(z.string()).default([]),
});

const throttleSchema = z.object({
  restApi: z.string(),
  methodPath: z.string(),
  settings: z.object({
    throttlingRateLimit: z.number().optional(),
    throttlingBurstLimit: z.number().optional(),
  }),
});

/** A row for each method: route, function, authorizer, validator, throttle. */
export function summarizeRoutes(graph: GraphView): Section {
  const methods = graph.all("aws:apigateway/method:Method").map(({ inputs }) => {
    const method = methodSchema.parse(inputs);
    const path = pathOf(graph, method);
    return [
      `${method.httpMethod} ${path}`,
      targetOf(graph, method),
      authorizerOf(graph, method),
      validatorOf(graph, method),
      throttleOf(graph, method, path),
    ];
  });
  return { title: "Routes", rows: methods, none: "No route." };
}

/** API Gateway's root resource is no resource of the graph. */
function pathOf(graph: GraphView, { resourceId }: Method): string {
  const path = graph.find(resourceId)?.outputs["path"];
  return path === undefined ? "/" : text(path);
}

function targetOf(graph: GraphView, method: Method): string {
  const integration = graph
    .all("aws:apigateway/integration:Integration")
    .find(({ inputs }) => isSameMethod(inputs, method));
  const uri = integration?.inputs["uri"];
  return `→ ${uri === undefined ? text(integration?.inputs["type"] ?? "nothing") : graph.nameOf(uri)}`;
}

function isSameMethod(inputs: GraphResource["inputs"], method: Method): boolean {
  return (["restApi", "resourceId", "httpMethod"] as const).every(
    (key) => inputs[key] === method[key],
  );
}

function authorizerOf(graph: GraphView, { authorization, authorizerId, apiKeyRequired }: Method) {
  const authorizer = authorizerSchema.safeParse(
    authorizerId === undefined ? undefined : graph.find(authorizerId)?.inputs,
  ).data;
  const pools = authorizer?.providerArns.map((arn) => graph.nameOf(arn)).join(", ");
  const who =
    authorizer === undefined
      ? authorization === "NONE"
        ? "NO AUTHORIZATION"
        : authorization
      : `${authorizer.name} (${pools})`;
  return apiKeyRequired === true ? `${who} + API key` : who;
}

function validatorOf(graph: GraphView, { requestValidatorId, requestModels }: Method): string {
  if (requestValidatorId === undefined) return "no validator";
  const models = Object.entries(requestModels).map(([type, model]) => `${type}: ${model}`);
  return `validated by ${graph.nameOf(requestValidatorId)} (${models.join(", ")})`;
}

/** The settings of the method itself override those of every method (documented: MethodSettings). */
function throttleOf(graph: GraphView, method: Method, path: string): string {
  const own = `${path.slice(1).replaceAll("/", "~1")}/${method.httpMethod}`;
  const settings = graph
    .all("aws:apigateway/methodSettings:MethodSettings")
    .map(({ inputs }) => throttleSchema.parse(inputs))
    .filter(({ restApi }) => restApi === method.restApi);
  const found =
    settings.find(({ methodPath }) => methodPath === own) ??
    settings.find(({ methodPath }) => methodPath === "*/*");
  const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = found?.settings ?? {};
  return rate === undefined ? "no throttle" : `${rate}/s, burst ${burst ?? "not set"}`;
}
