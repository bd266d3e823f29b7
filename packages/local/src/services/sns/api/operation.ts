/** Operations of SNS: forms in, XML out. */
import * as z from "zod";
import { parseInput } from "../../../aws-protocol/input.ts";
import { pageOf, type Page } from "../../../aws-protocol/paging.ts";
import type { XmlValue } from "../../../aws-protocol/xml.ts";
import type { Principal } from "../../iam/principal.ts";

/** The members of an output; undefined for an operation without one. */
type Output = { readonly [member: string]: XmlValue } | undefined;

/** Who calls an operation, and with which tracing header. */
interface Call {
  readonly caller: Principal;
  readonly traceHeader: string | undefined;
}

/** Operations by AWS's name, from the structure of a form and its call to an output. */
export type Operations = Record<string, (input: unknown, call: Call) => Output>;

/** Creates an operation: `run` receives the validated input. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.output<Schema>, call: Call) => Output,
): Operations[string] {
  return (input, call) => run(parseInput(schema, input, "InvalidParameter"), call);
}

/** A list, which the SDKs write as an empty text when it has no items. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => (value === "" ? [] : value), z.array(item));
}

/** The attributes of an input. */
export const attributes = z.record(z.string(), z.string()).default({});

/** A map in an output. */
export function entries(map: Readonly<Record<string, string>>) {
  return { entry: Object.entries(map).map(([key, value]) => ({ key, value })) };
}

/** Where a page of a list starts. */
export const page = { NextToken: z.string().optional() };

/** Entries of a page of a list (documented: SNS-API/ListTopics, SNS-API/ListSubscriptions). */
const pageSize = 100;

/** A page of a list. @throws AwsError InvalidParameter */
export function pageAt<T>(all: readonly T[], token: string | undefined): Page<T> {
  return pageOf(all, pageSize, token, "InvalidParameter");
}
