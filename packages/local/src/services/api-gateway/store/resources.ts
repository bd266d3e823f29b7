/** Stores the resources of an API: its path tree. */
import { ConfigurationError, notFound } from "./configuration-errors.ts";
import { type FindApi, newId, pathOf, type RestApiDefinition } from "./definition.ts";

/** A resource below another one. */
interface ResourceInput {
  id?: string | undefined;
  restApiId: string;
  parentId: string;
  /** A literal segment, `{name}`, or `{name+}` for the whole rest of the path. */
  pathPart: string;
}

const literalPart = /^[a-zA-Z0-9._:-]+$/;
const variablePart = /^\{[a-zA-Z0-9._:-]+\+?\}$/;

/** Operations on resources. */
export function resourceOperations(findApi: FindApi) {
  /**
   * Creates a resource, or moves the one with this id.
   * @throws ConfigurationError for a path part or a parent that API Gateway rejects.
   */
  function putResource(input: ResourceInput): { id: string; path: string } {
    const api = findApi(input.restApiId);
    const id = input.id ?? newId();
    assertValidPathPart(api, id, input);
    api.resources.set(id, { id, parentId: input.parentId, pathPart: input.pathPart });
    return { id, path: pathOf(api, id) };
  }

  return {
    putResource,

    /** Removes a resource with its methods and its child resources. */
    deleteResource(restApiId: string, id: string): void {
      removeTree(findApi(restApiId), id);
    },
  };
}

/** Messages say what API Gateway's do; its rules are in APIGW/api-gateway-method-settings-method-request. */
function assertValidPathPart(
  api: RestApiDefinition,
  id: string,
  { parentId, pathPart }: ResourceInput,
) {
  const parent = api.resources.get(parentId);
  if (!parent) throw notFound("resource", parentId);
  if (!literalPart.test(pathPart) && !variablePart.test(pathPart)) {
    throw new ConfigurationError(
      "BadRequestException",
      `The path part "${pathPart}" is neither letters, digits and . _ - : nor a variable in braces.`,
    );
  }
  if (parent.pathPart.endsWith("+}")) {
    throw new ConfigurationError(
      "BadRequestException",
      `No resource can be below the greedy variable ${parent.pathPart}.`,
    );
  }
  const siblings = api.resources.values().filter((it) => it.parentId === parentId && it.id !== id);
  const isTaken = (taken: string) =>
    taken === pathPart || (isVariable(taken) && isVariable(pathPart));
  for (const sibling of siblings) {
    if (isTaken(sibling.pathPart)) {
      throw new ConfigurationError(
        "ConflictException",
        `"${pathPart}" conflicts with its sibling "${sibling.pathPart}".`,
      );
    }
  }
}

/** `{id}` and `{proxy+}` may be siblings; two of the same kind may not. */
function isVariable(pathPart: string): boolean {
  return variablePart.test(pathPart) && !pathPart.endsWith("+}");
}

function removeTree(api: RestApiDefinition, id: string): void {
  const children = [...api.resources.values()].filter(({ parentId }) => parentId === id);
  for (const child of children) removeTree(api, child.id);
  for (const [key, method] of api.methods) {
    if (method.resourceId === id) api.methods.delete(key);
  }
  api.resources.delete(id);
}
