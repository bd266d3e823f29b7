/** Rules about who is let in by a policy: this account's principals and AWS services, nobody else's. */
import * as z from "zod";
import { allOf, created, type Finding, type Graph, type Rule, ruleFor } from "./graph.ts";
import { LOG_GROUP_KEY } from "./services.ts";
import { attachedPolicies, readStatements, type PolicyStatement } from "./statements.ts";

const PERMISSION = "aws:lambda/permission:Permission";
const ROLE = "aws:iam/role:Role";
const name = "principals-are-of-this-account";

/** An AWS service as a principal (documented: IAM/reference_policies_elements_principal). */
const isService = (principal: string) => /^[a-z0-9.-]+\.amazonaws\.com$/.test(principal);

/** The accounts in whose name the resources were created; more than one is none that is known. */
export function accountOf(graph: Graph): string | undefined {
  const arns = created(graph).map(({ outputs }) =>
    /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(String(outputs["arn"])),
  );
  const [account, ...others] = new Set(arns.flatMap((match) => match?.[1] ?? []));
  return others.length === 0 ? account : undefined;
}

/** Policies, and the trust policies of roles. */
export const documents = (graph: Graph) => [
  ...attachedPolicies(graph),
  ...allOf(graph, ROLE).map((resource) => ({
    resource,
    policy: resource.inputs["assumeRolePolicy"],
  })),
];

/** A policy that cannot be parsed breaks other rules; a wildcard in one that grants does so too. */
const principalsAreOfThisAccount: Rule<typeof name> = {
  name,
  check(graph) {
    const account = accountOf(graph);
    return documents(graph).flatMap(({ resource, policy }): Finding[] =>
      (readStatements(policy) ?? [])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap((statement) => strangersIn(statement, account))
        .map((principal) => ({
          resource: resource.name,
          message: `lets in ${principal}: only services and principals of this account may be`,
        })),
    );
  },
};

/** A service acts for resources of this account only, by policies and by permissions. */
const sourcesAreOfThisAccount: Rule<typeof name> = {
  name,
  check(graph) {
    const account = accountOf(graph);
    const inPolicies = documents(graph).flatMap(({ resource, policy }) =>
      (readStatements(policy) ?? [])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap((statement) => foreignSourcesIn(statement, account))
        .map((source) => ({ resource, source })),
    );
    const inPermissions = allOf(graph, PERMISSION)
      .map((resource) => ({ resource, ...permissionSchema.parse(resource.inputs) }))
      .filter(
        ({ sourceArn, sourceAccount }) =>
          sourceArn !== undefined && !isOwned(sourceArn, account, sourceAccount),
      )
      .map(({ resource, sourceArn }) => ({ resource, source: sourceArn }));
    return [...inPolicies, ...inPermissions].map(({ resource, source }) => ({
      resource: resource.name,
      message: `lets a service act for ${source}: only resources of this account may be the source`,
    }));
  },
};

/** That a permission names a source, another rule says. */
const permissionSchema = z.object({
  sourceArn: z.string().optional(),
  sourceAccount: z.string().optional(),
});

/** `Null` names no source: it asks whether there is one. */
const foreignSourcesIn = (
  { Condition }: PolicyStatement,
  account: string | undefined,
): readonly string[] =>
  Object.entries(Condition)
    .filter(([operator]) => operator !== "Null")
    .flatMap(([, keys]) => [
      ...["aws:SourceArn", LOG_GROUP_KEY].flatMap((key) =>
        (keys[key] ?? []).filter(
          (arn) => !isOwned(arn, account, Condition["StringEquals"]?.["aws:SourceAccount"]?.[0]),
        ),
      ),
      ...(keys["aws:SourceAccount"] ?? []).filter((owner) => owner !== account),
    ]);

/**
 * Whether a source is the account's. ARNs of some services, such as those of buckets, name no account
 * (documented: IAM/reference-arns): it has to be named beside them.
 */
const isOwned = (arn: string, account: string | undefined, beside: string | undefined) =>
  (ownerOf(arn) ?? beside) === account;

/** The account that an ARN names, if any. */
export const ownerOf = (arn: string): string | undefined => arn.split(":")[4] || undefined;

function strangersIn({ Principal = {} }: PolicyStatement, account: string | undefined): string[] {
  if (Principal === "*") return ["*"];
  return Object.entries(Principal).flatMap(([kind, principals]) =>
    principals.filter((principal) => {
      if (kind === "Service") return !isService(principal);
      return kind !== "AWS" || !isOfAccount(principal, account);
    }),
  );
}

const isOfAccount = (principal: string, account: string | undefined) =>
  account !== undefined &&
  (principal === account || principal.startsWith(`arn:aws:iam::${account}:`));

const permissionsAreForServices = ruleFor(
  name,
  PERMISSION,
  z.object({ action: z.string(), principal: z.string() }),
  ({ action, principal }) => [
    ...(action === "lambda:InvokeFunction" ? [] : [`allows ${action}, which is more than a call`]),
    ...(isService(principal) ? [] : [`lets in ${principal}: only services may call a function`]),
  ],
);

/** Every rule about principals. */
export const principalRules = [
  principalsAreOfThisAccount,
  sourcesAreOfThisAccount,
  permissionsAreForServices,
];
