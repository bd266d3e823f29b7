/** The rule about the services that protected stages let in: only those that this app has. */
import { allOf, type Graph, type Rule } from "../graph.ts";
import { documents } from "../principals.ts";
import { servicesOf } from "../services.ts";
import { readStatements } from "../statements.ts";
import { admittedServices, isAdmitted } from "./admitted.ts";

/** The log delivery is WAF's; the name of CloudWatch Logs has its Region. */
const known =
  /^(?:apigateway|cloudwatch|delivery\.logs|lambda|logs\.[a-z0-9-]+|sns)\.amazonaws\.com$/;

/** By others, such as rolesanywhere.amazonaws.com, a role can be had from outside. */
const servicesAreKnown: Rule<"services-are-known"> = {
  name: "services-are-known",
  check: (graph) =>
    letIn(graph)
      .filter(({ service }) => !known.test(service) && !isAdmitted(admittedServices, service))
      .map(({ resource, service }) => ({
        resource: resource.name,
        message: `lets in ${service}, which this app does not have: admit it in stacks/policy/protected/admitted.ts, with the reason`,
      })),
};

/** The services in policies, in trust policies and in permissions to invoke. */
const letIn = (graph: Graph) => [
  ...documents(graph).flatMap(({ resource, policy }) =>
    (readStatements(policy) ?? [])
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(servicesOf)
      .map((service) => ({ resource, service })),
  ),
  ...allOf(graph, "aws:lambda/permission:Permission").map((resource) => ({
    resource,
    service: String(resource.inputs["principal"]),
  })),
];

/** Every rule about the services of protected stages. */
export const protectedServiceRules = [servicesAreKnown];
