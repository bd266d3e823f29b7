/** What it takes to write a resource of Pulumi in CloudFormation. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";

/** A resource type of CloudFormation. */
export interface Rendering {
  readonly type: string;
  /** Names of inputs where they are not the input's own with a capital letter. */
  readonly names?: Readonly<Record<string, string>>;
  /** Inputs that CloudFormation does not have. */
  readonly without?: readonly string[];
  /** Properties that CloudFormation forms in another way. */
  readonly properties?: (resource: GraphResource, all: readonly GraphResource[]) => object;
  /** What gives the ARN, by the name in the template, where it is not the attribute `Arn`. */
  readonly arnOf?: (name: string) => object;
}

/** The value of an input that is JSON. */
export const json = (text: unknown): unknown => JSON.parse(z.string().parse(text));

/** A reference to a resource by its name in the template. */
export const ref = (name: string) => ({ Ref: name });

/** A policy, which CloudFormation takes as a document and not as text. */
export const policyDocument = ({ inputs }: GraphResource) => ({
  PolicyDocument: json(inputs["policy"]),
});
