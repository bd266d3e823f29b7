/** The store of roles with their inline and attached policies. */
import { awsManagedPolicies } from "./aws-managed-policies.ts";
import { type NamedStatement, parsePolicy } from "./policy.ts";

/** A role; policies are JSON, managed policies are named by their ARN. */
interface RoleInput {
  readonly name: string;
  readonly arn: string;
  readonly inlinePolicies: readonly string[];
  readonly managedPolicyArns?: readonly string[];
  /** The ARN of the permissions boundary. */
  readonly permissionsBoundary?: string | undefined;
}

/** The roles and the managed policies of the account, and those of AWS that are known. */
export interface Roles {
  /** Creates or replaces a role; what is attached to it stays. @throws Error for a policy that cannot be evaluated. */
  put(role: RoleInput): void;
  delete(name: string): void;
  /** Adds a policy to a role, or replaces the one with this id. @throws Error as `put` does. */
  attach(roleName: string, policyId: string, policy: string): void;
  detach(roleName: string, policyId: string): void;
  /** Creates or replaces a managed policy. @throws Error as `put` does. */
  putPolicy(arn: string, policy: string): void;
  deletePolicy(arn: string): void;
  /** Attaches a managed policy, which has no effect until it exists. */
  attachPolicy(roleName: string, policyArn: string): void;
  detachPolicy(roleName: string, policyArn: string): void;
  /** The statements of a role's policies; none for a role that does not exist. */
  statementsOf(roleArn: string): readonly NamedStatement[];
  /** The statements of a role's boundary, none if it does not exist; undefined without one. */
  boundaryOf(roleArn: string): readonly NamedStatement[] | undefined;
}

interface StoredRole {
  readonly name: string;
  readonly arn: string;
  readonly own: readonly NamedStatement[];
  readonly managed: readonly string[];
  readonly boundary: string | undefined;
}

/** The policies that separate resources attach to a role. */
interface Attached {
  readonly inline: Map<string, readonly NamedStatement[]>;
  readonly managed: Set<string>;
}

/** Creates an empty store. */
export function createRoles(): Roles {
  const roles = new Map<string, StoredRole>();
  const attachments = new Map<string, Attached>();
  const policies = new Map<string, readonly NamedStatement[]>();

  const find = (roleArn: string) => roles.values().find(({ arn }) => arn === roleArn);
  const policyOf = (arn: string) => policies.get(arn) ?? awsManagedPolicies.get(arn) ?? [];

  function attachedTo(roleName: string): Attached {
    const found = attachments.get(roleName) ?? { inline: new Map(), managed: new Set() };
    attachments.set(roleName, found);
    return found;
  }

  function statementsOf(roleArn: string): readonly NamedStatement[] {
    const role = find(roleArn);
    if (!role) return [];
    const { inline, managed } = attachedTo(role.name);
    const arns = new Set([...role.managed, ...managed]);
    return [...role.own, ...[...inline.values()].flat(), ...[...arns].flatMap(policyOf)];
  }

  return {
    put: ({ name, arn, inlinePolicies, managedPolicyArns = [], permissionsBoundary: boundary }) => {
      const own = inlinePolicies.flatMap((policy) => parse(policy, `inline policy of ${name}`));
      roles.set(name, { name, arn, own, managed: managedPolicyArns, boundary });
    },
    delete(name) {
      roles.delete(name);
      attachments.delete(name);
    },
    attach: (roleName, policyId, policy) =>
      void attachedTo(roleName).inline.set(policyId, parse(policy, policyId)),
    detach: (roleName, policyId) => void attachedTo(roleName).inline.delete(policyId),
    putPolicy: (arn, policy) => void policies.set(arn, parse(policy, arn)),
    deletePolicy: (arn) => void policies.delete(arn),
    attachPolicy: (roleName, policyArn) => void attachedTo(roleName).managed.add(policyArn),
    detachPolicy: (roleName, policyArn) => void attachedTo(roleName).managed.delete(policyArn),
    statementsOf,
    boundaryOf(roleArn) {
      const boundary = find(roleArn)?.boundary;
      return boundary === undefined ? undefined : policyOf(boundary);
    },
  };
}

function parse(json: string, policy: string): readonly NamedStatement[] {
  return parsePolicy(json).map((statement) => ({ ...statement, policy }));
}
