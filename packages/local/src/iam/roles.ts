/** The roles of the account, and what their own and attached policies say. */
import { parsePolicy, type Statement } from "./policy.ts";

/** A role to put; policies are JSON. */
export interface RoleInput {
  readonly name: string;
  readonly arn: string;
  readonly inlinePolicies: readonly string[];
}

export interface Roles {
  /** Creates or replaces a role; what is attached to it stays. @throws Error for a policy that cannot be evaluated. */
  put(role: RoleInput): void;
  delete(name: string): void;
  /** Adds a policy to a role, or replaces the one with this id. @throws Error as `put` does. */
  attach(roleName: string, policyId: string, policy: string): void;
  detach(roleName: string, policyId: string): void;
  /** What a role may do; nothing for a role that does not exist. */
  statementsOf(roleArn: string): readonly Statement[];
}

interface StoredRole {
  readonly arn: string;
  readonly own: readonly Statement[];
}

/** Creates an account without roles. */
export function createRoles(): Roles {
  const roles = new Map<string, StoredRole>();
  const attached = new Map<string, Map<string, readonly Statement[]>>();
  return {
    put: ({ name, arn, inlinePolicies }) =>
      void roles.set(name, { arn, own: inlinePolicies.flatMap(parsePolicy) }),
    delete(name) {
      roles.delete(name);
      attached.delete(name);
    },
    attach(roleName, policyId, policy) {
      const policies = attached.get(roleName) ?? new Map<string, readonly Statement[]>();
      attached.set(roleName, policies.set(policyId, parsePolicy(policy)));
    },
    detach: (roleName, policyId) => void attached.get(roleName)?.delete(policyId),
    statementsOf(roleArn) {
      const found = roles.entries().find(([, { arn }]) => arn === roleArn);
      if (!found) return [];
      const [name, { own }] = found;
      return [...own, ...(attached.get(name)?.values().toArray().flat() ?? [])];
    },
  };
}
