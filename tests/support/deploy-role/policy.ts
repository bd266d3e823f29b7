/** The published policies of the deploy role, and what they allow. */
import { appName } from "@secure-lambda/functions/contract";
import type { GraphResource } from "@secure-lambda/local";
import fs from "node:fs";
import { contextOf } from "../../../packages/local/src/services/iam/context.ts";
import { denialOf } from "../../../packages/local/src/services/iam/evaluate.ts";
import {
  parsePolicy,
  parseResourcePolicy,
  type Statement,
} from "../../../packages/local/src/services/iam/policy.ts";
import { delegationsTo } from "../../../packages/local/src/services/iam/resource-statements.ts";
import { account, region, text, type Call } from "./call.ts";

/** Where they are. */
export const folder = "docs/deploy-role";

/** Those that every stage's role has. */
export const ofEveryStage = ["api", "functions", "monitoring", "state"];

const principal = {
  kind: "role",
  arn: `arn:aws:iam::${account}:role/deploy`,
  session: "pipeline",
} as const;

/** A policy with its placeholders replaced. */
export const readPolicy = (name: string, stage: string): string =>
  fs
    .readFileSync(`${folder}/${name}.json`, "utf8")
    .replaceAll("ACCOUNT", account)
    .replaceAll("APP", appName)
    .replaceAll("REGION", region)
    .replaceAll("STAGE", stage);

/** The statements of some policies for a stage. */
export const statementsIn = (names: readonly string[], stage: string): readonly Statement[] =>
  names.flatMap((name) => parsePolicy(readPolicy(name, stage)));

/** Whether statements allow a call; of a key, its own policy must leave it to them. */
export function allows(
  statements: readonly Statement[],
  { action, resource, conditions = {} }: Call,
  graph: readonly GraphResource[] = [],
): boolean {
  const context = contextOf(principal, resource, {
    "aws:RequestedRegion": region,
    "aws:ResourceAccount": account,
    ...conditions,
  });
  const key = graph.find(
    ({ type, outputs }) => type === "aws:kms/key:Key" && outputs["arn"] === resource,
  );
  const policies = {
    identity: statements,
    boundary: undefined,
    resource: [],
    ...(key && {
      delegation: delegationsTo(principal, parseResourcePolicy(text(key.inputs["policy"]))),
    }),
  };
  return denialOf(policies, { action, resource, context }) === undefined;
}

/** Each action and each resource of a statement, as `Sid: ACTION`, that no call needs. */
export function unneeded(statements: readonly Statement[], made: readonly Call[]): string[] {
  return statements.flatMap((statement) => {
    const { Sid = "", Action = [], Resource = [] } = statement;
    const parts = [
      ...Action.map((one): [string, Statement] => [one, { ...statement, Action: [one] }]),
      ...Resource.map((one): [string, Statement] => [one, { ...statement, Resource: [one] }]),
    ];
    return parts
      .filter(([, part]) => !made.some((call) => allows([part], call)))
      .map(([one]) => `${Sid}: ${one}`);
  });
}
