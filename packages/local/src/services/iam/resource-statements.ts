/** Which statements of a resource-based policy apply to a principal. */
import type { ResourceStatement } from "./policy.ts";
import { accountOf, arnOf, callerName, type Principal } from "./principal.ts";

/**
 * The statements that apply to a principal. An allow for an account delegates to the policies of the
 * account's roles, which must then allow the call: it adds nothing for them (documented for other
 * accounts and for keys: IAM/reference_policies_elements_principal;
 * assumed for the account's own). A deny for it applies to all of them.
 */
export function statementsFor(
  principal: Principal,
  statements: readonly ResourceStatement[],
): readonly ResourceStatement[] {
  return statements.filter(
    (statement) =>
      namesItself(principal, statement) ||
      (statement.Effect === "Deny" && namesItsAccount(principal, statement)),
  );
}

/** The allows for the principal's account: of a key, those that let IAM policies decide. */
export function delegationsTo(
  principal: Principal,
  statements: readonly ResourceStatement[],
): readonly ResourceStatement[] {
  return statements.filter(
    (statement) => statement.Effect === "Allow" && namesItsAccount(principal, statement),
  );
}

function namesItself(principal: Principal, { Principal: named }: ResourceStatement): boolean {
  if (named.AWS.includes("*")) return true;
  if (principal.kind === "service") return named.Service.includes(principal.name);
  return [arnOf(principal), callerName(principal)].some((arn) => named.AWS.includes(arn));
}

function namesItsAccount(principal: Principal, { Principal: named }: ResourceStatement): boolean {
  if (principal.kind === "service") return false;
  const account = accountOf(principal);
  return [account, `arn:aws:iam::${account}:root`].some((id) => named.AWS.includes(id));
}
