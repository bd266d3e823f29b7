/** Resource-based policies of functions: which services may invoke them, for which sources. */
import { arnLike } from "../../iam/patterns.ts";
import { LambdaError } from "./errors.ts";

/** A statement of a function's policy. */
export interface Permission {
  readonly functionName: string;
  readonly statementId: string;
  /** A service such as `sns.amazonaws.com`, or `*`. */
  readonly principal: string;
  readonly action: string;
  /** Matched as ArnLike; a statement without one applies to every source. */
  readonly sourceArn?: string | undefined;
}

/** The statements of every function. */
interface Permissions {
  /** Throws ResourceConflictException when the statement id is taken. */
  add(permission: Permission): void;
  /** Throws ResourceNotFoundException when there is no such statement. */
  remove(functionName: string, statementId: string): void;
  removeAll(functionName: string): void;
  list(functionName: string): readonly Permission[];
  /** Whether a statement allows the principal to invoke the function. */
  allow(functionName: string, principal: string, sourceArn: string): boolean;
}

/** Creates an empty set of permissions. */
export function createPermissions(): Permissions {
  const statements = new Map<string, Map<string, Permission>>();

  function add(permission: Permission): void {
    const { functionName, statementId } = permission;
    const own = statements.get(functionName) ?? new Map<string, Permission>();
    if (own.has(statementId)) {
      const problem = `The statement id (${statementId}) provided already exists on ${functionName}.`;
      throw new LambdaError("ResourceConflictException", problem);
    }
    statements.set(functionName, own.set(statementId, permission));
  }

  function remove(functionName: string, statementId: string): void {
    if (statements.get(functionName)?.delete(statementId) === true) return;
    const problem = `Statement ${statementId} is not found in resource policy of ${functionName}.`;
    throw new LambdaError("ResourceNotFoundException", problem);
  }

  return {
    add,
    remove,
    removeAll: (functionName) => void statements.delete(functionName),
    list: (functionName) => [...(statements.get(functionName)?.values() ?? [])],
    allow(functionName, principal, sourceArn) {
      const own = statements.get(functionName)?.values() ?? [];
      return [...own].some((statement) => grants(statement, principal, sourceArn));
    },
  };
}

function grants(statement: Permission, principal: string, sourceArn: string): boolean {
  return (
    ["lambda:InvokeFunction", "lambda:*"].includes(statement.action) &&
    [principal, "*"].includes(statement.principal) &&
    (statement.sourceArn === undefined || arnLike(statement.sourceArn, sourceArn))
  );
}
