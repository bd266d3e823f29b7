/** The methods of an API in a graph: their path and their throttle. */
import * as z from "zod";
import { methodSchema } from "../../stacks/policy/access.ts";
import { text, type GraphView } from "./graph-view.ts";

/** A method's inputs. */
export type Method = z.infer<typeof methodSchema>;

/** Every method of a graph. */
export const methodsOf = (graph: GraphView): Method[] =>
  graph.all("aws:apigateway/method:Method").map(({ inputs }) => methodSchema.parse(inputs));

/** API Gateway's root resource is no resource of the graph. */
export function pathOf(graph: GraphView, { resourceId }: Method): string {
  const path = graph.find(resourceId)?.outputs["path"];
  return path === undefined ? "/" : text(path);
}

const throttleSchema = z.object({
  restApi: z.string(),
  methodPath: z.string(),
  settings: z.object({
    throttlingRateLimit: z.number().optional(),
    throttlingBurstLimit: z.number().optional(),
  }),
});

/** The settings of the method itself override those of every method (documented: MethodSettings). */
export function throttleOf(graph: GraphView, method: Method) {
  const path = pathOf(graph, method);
  const own = `${path.slice(1).replaceAll("/", "~1")}/${method.httpMethod}`;
  const settings = graph
    .all("aws:apigateway/methodSettings:MethodSettings")
    .map(({ inputs }) => throttleSchema.parse(inputs))
    .filter(({ restApi }) => restApi === method.restApi);
  const found =
    settings.find(({ methodPath }) => methodPath === own) ??
    settings.find(({ methodPath }) => methodPath === "*/*");
  const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = found?.settings ?? {};
  return { rate, burst };
}
