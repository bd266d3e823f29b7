/** Who may call what: the statements of roles, of functions and of resources' policies, as rows. */
import type { Deployments } from "../deployments/deployments.ts";
import {
  parseResourcePolicy,
  type NamedStatement,
  type Statement,
} from "../services/iam/policy.ts";
import type { Roles } from "../services/iam/roles.ts";
import type { Permission } from "../services/lambda/functions/permissions.ts";

/** What the statements are read from. */
export interface GrantSources {
  readonly deployments: Pick<Deployments, "stages" | "graph">;
  readonly roles: Pick<Roles, "statementsOf">;
  readonly lambda: { listPermissions(functionName: string): readonly Permission[] };
  /** The policy of the queue, topic, secret or key with this ARN. */
  readonly policyOf: (arn: string) => string | undefined;
}

/** A statement, with names in place of ARNs. */
export interface Grant {
  readonly who: string;
  readonly effect: "may" | "may not";
  readonly actions: string;
  readonly on: string;
  /** The condition; empty without one. */
  readonly when: string;
  /** The policy that says so. */
  readonly policy: string;
}

/** The statements, in the order of the resources. */
export function readGrants({ deployments, roles, lambda, policyOf }: GrantSources): Grant[] {
  const graph = deployments.stages().flatMap((stage) => deployments.graph(stage));
  // Policies and versions have the ARN of what they belong to, which was created before.
  const names = new Map(
    graph.toReversed().map(({ name, outputs }) => [String(outputs["arn"]), name]),
  );
  const nameOf = (arn: string) => {
    const [known] = [...names].filter(([one]) => arn === one || arn.startsWith(`${one}:`));
    return known === undefined ? arn : known[1];
  };

  function ofFunction(name: string, roleArn: string): Grant[] {
    return roles.statementsOf(roleArn).map((statement: NamedStatement) => {
      const on = listed(statement.Resource?.map(nameOf), statement.NotResource?.map(nameOf));
      return grantOf(name, statement, on, statement.policy ?? "its role's policy");
    });
  }

  function toInvoke(functionName: string, name: string): Grant[] {
    return lambda.listPermissions(functionName).map(({ principal, action, sourceArn }) => ({
      who: principal,
      effect: "may",
      actions: action,
      on: name,
      when: sourceArn === undefined ? "" : `from ${nameOf(sourceArn)}`,
      policy: "the function's policy",
    }));
  }

  return graph.flatMap(({ type, name, inputs, outputs }): Grant[] => {
    const arn = String(outputs["arn"]);
    if (type === "aws:lambda/function:Function") {
      const functionName = String(outputs["name"]);
      return [...ofFunction(name, String(inputs["role"])), ...toInvoke(functionName, name)];
    }
    const policy = names.get(arn) === name ? policyOf(arn) : undefined;
    if (policy === undefined) return [];
    return parseResourcePolicy(policy).map((statement) => {
      const { AWS, Service } = statement.Principal;
      const who = [...AWS.map((one) => (one === "*" ? "everyone" : nameOf(one))), ...Service];
      return grantOf(who.join(", "), statement, name, `the policy of ${name}`);
    });
  });
}

const grantOf = (who: string, statement: Statement, on: string, policy: string): Grant => ({
  who,
  on,
  policy,
  effect: statement.Effect === "Allow" ? "may" : "may not",
  actions: listed(statement.Action, statement.NotAction),
  when: conditionOf(statement),
});

function listed(texts: readonly string[] | undefined, not: readonly string[] | undefined): string {
  return texts === undefined ? `all but ${(not ?? []).join(", ")}` : texts.join(", ");
}

function conditionOf({ Condition = {} }: Statement): string {
  return Object.entries(Condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${key} ${operator} ${values.join(" or ")}`),
    )
    .join(" and ");
}
