/** A call of AWS that a deployment makes: what its role must be allowed. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";

/** An action on a resource; `*` for an action without one. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys, by AWS's names. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** The calls for a resource, from its creation to its removal. */
export type CallsFor = (resource: GraphResource) => readonly Call[];

/** Some operations of a service on one thing; names are separated by spaces. */
export const calls = (
  service: string,
  operations: string,
  resource: string,
  conditions: Call["conditions"] = {},
): Call[] =>
  operations
    .split(/\s+/u)
    .map((operation) => ({ action: `${service}:${operation}`, resource, conditions }));

/** A role is handed to a service. */
export const passRole = (role: unknown, service: string): Call[] =>
  calls("iam", "PassRole", text(role), { "iam:PassedToService": service });

/** A value that is text. */
export const text = (value: unknown): string => z.string().min(1).parse(value);

/** The ARN among the outputs of a resource. */
export const arnOf = ({ outputs }: GraphResource): string => text(outputs["arn"]);

/** Region and account of the local cloud, as they stand in its ARNs. */
export const region = "us-east-1";
export const account = "000000000000";
