/** The parts of a snapshot: what API Gateway serves from a deployment, and how a change is seen. */
import { createHash } from "node:crypto";

/** A resource as the program registers it. */
export interface Registered {
  readonly urn: string;
  readonly type: string;
  /** Its logical name. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const apiGateway = (type: string) =>
  `aws:apigateway/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;

/** The type of the API itself. */
export const restApi = apiGateway("RestApi");

/** They name the API, and come after a deployment. */
const afterDeployment = new Set(
  ["Deployment", "Stage", "MethodSettings", "BasePathMapping"].map(apiGateway),
);

/** Without a method that refers to them they have no effect; another API is no part of this one. */
const servesNothing = new Set(
  ["Resource", "Authorizer", "Model", "RequestValidator", "RestApi"].map(apiGateway),
);

/** Whether a snapshot contains a resource: the API, and whatever names it. */
export function isPart({ type, inputs }: Pick<Registered, "type" | "inputs">): boolean {
  if (!type.startsWith("aws:apigateway/") || afterDeployment.has(type)) return false;
  return type === restApi || apiOf(inputs) !== undefined;
}

/** The API that a part names, each type by one of two inputs. */
const apiOf = (inputs: Registered["inputs"]) => inputs["restApi"] ?? inputs["restApiId"];

/** A deployment is replaced when its triggers change: a digest of the inputs of every part. */
export function triggersOf(parts: readonly Registered[]): Record<string, string> {
  return Object.fromEntries(parts.map(({ urn, inputs }) => [urn, digestOf(inputs)]));
}

/**
 * What a deployment contains although the program has removed it: Pulumi deletes it afterwards
 * (pulumi/pulumi-aws#3289).
 */
export function removedParts(
  before: readonly Registered[],
  now: readonly Registered[],
): readonly string[] {
  const apis = new Set(now.map(({ inputs }) => apiOf(inputs)));
  const registered = new Set(now.map(({ urn }) => urn));
  return before
    .filter((part) => isPart(part) && !servesNothing.has(part.type) && !registered.has(part.urn))
    .filter(({ inputs }) => apis.has(apiOf(inputs)))
    .map(labelOf);
}

/** `Method ApiRouteExternalLambda1Method`, for instance. */
const labelOf = ({ type, name }: Registered) => `${type.split(":").at(-1)} ${name}`;

const digestOf = (inputs: unknown) =>
  createHash("sha256").update(JSON.stringify(inputs, sortKeys)).digest("hex");

/** For `JSON.stringify`: inputs are the same in whatever order the program gives them. */
const sortKeys = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;
