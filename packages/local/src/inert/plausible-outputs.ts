/** Outputs for what is not applied: in the shape that its provider declares, so that others can refer to it. */
import type { AwsEnvironment } from "../aws-protocol/aws-environment.ts";
import type { Declarations, Member } from "./declarations.ts";

/** What outputs are made for: its Pulumi type, or the token of a call, and what it is called. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

/** Creates outputs: every one that the provider declares as always there, beyond those that are given. */
export type PlausibleOutputs = ReturnType<typeof createPlausibleOutputs>;

/** Structures within structures, of which only so many are made. */
const depths = 4;

/** Services whose ARNs name no Region. */
const globalServices = ["cloudfront", "iam"];

/** Creates them for an account and a Region. */
export function createPlausibleOutputs(
  { region, account }: AwsEnvironment,
  declarations: Declarations,
) {
  /** `arn:aws:dynamodb:us-east-1:000000000000:table/Orders`, the most usual form. */
  function arnOf({ type, name }: Named): string {
    const [, module = "", kind = ""] = type.split(":");
    const service = module.split("/")[0] ?? module;
    if (service === "s3") return `arn:aws:s3:::${name}`;
    const place = globalServices.includes(service) ? "" : region;
    const resource = kind.charAt(0).toLowerCase() + kind.slice(1);
    return `arn:aws:${service}:${place}:${account}:${resource}/${name}`;
  }

  function textOf(named: Named, property: string): string {
    const host = `${named.name}.${region}.amazonaws.com`.toLowerCase();
    if (["id", "name"].includes(property)) return named.name;
    if (property === "region") return region;
    if (/^(?:account|owner|registry)Id$|^owner$/i.test(property)) return account;
    if (property === "arn") return arnOf(named);
    if (/arn$/i.test(property)) return `${arnOf(named)}/${property.replace(/arn$/i, "")}`;
    if (/(?:^|[a-z])(?:url|uri|endpoint)$/i.test(property)) return `https://${host}`;
    if (/(?:domain|dns|host)(?:Name)?$/i.test(property)) return host;
    return isOwnName(named, property) ? named.name : `${named.name}-${property}`;
  }

  function valueOf(
    named: Named,
    { name, type }: Pick<Member, "name" | "type">,
    depth = 0,
  ): unknown {
    if (type === "string") return textOf(named, name);
    if (type === "number") return 1;
    if (type === "boolean") return false;
    if (type.endsWith("[]")) return [valueOf(named, { name, type: type.slice(0, -2) }, depth)];
    if (!type.startsWith("outputs.") || depth === depths) return {};
    return outputsFor(named, declarations.membersOf(named.type, type), depth + 1);
  }

  function outputsFor(named: Named, members: readonly Member[], depth = 0) {
    const required = members.filter(({ isOptional }) => !isOptional);
    return Object.fromEntries(
      required.map((member) => [member.name, valueOf(named, member, depth)]),
    );
  }

  return (named: Named): Record<string, unknown> => ({
    name: named.name,
    arn: arnOf(named),
    ...outputsFor(named, declarations.outputsOf(named.type)),
  });
}

/** A bucket's `bucket` is its name. */
export const isOwnName = ({ type }: Pick<Named, "type">, property: string) =>
  type.toLowerCase().endsWith(`:${property.toLowerCase()}`);
