/** Which routes a deployment opens, who may call them, and what limits them. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import { text, type GraphView } from "../graph-view.ts";
import { methodsOf, pathOf, throttleOf, type Method } from "../methods.ts";
import { sortRows, type Section } from "./section.ts";

const authorizerSchema = z.object({
  name: z.string(),
  providerArns: z.array(z.string()).default([]),
});

/** A row for each method, by path: route; function, authorizer, validator, throttle. */
export function summarizeRoutes(graph: GraphView): Section {
  const rows = methodsOf(graph).map((method) => [
    `${method.httpMethod} ${pathOf(graph, method)}`,
    [targetOf, authorizerOf, validatorOf, limitsOf].map((say) => say(graph, method)).join("; "),
  ]);
  return { title: "Routes", rows: sortRows(rows), none: "No route." };
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
  const what = models.length === 0 ? "parameters" : models.join(", ");
  return `validated by ${graph.nameOf(requestValidatorId)} (${what})`;
}

function limitsOf(graph: GraphView, method: Method): string {
  const { rate, burst } = throttleOf(graph, method);
  return rate === undefined ? "no throttle" : `${rate} requests/s, burst ${burst ?? "not set"}`;
}
