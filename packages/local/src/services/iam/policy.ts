/** IAM policy documents: parsed once, and rejected when a part of them could not be evaluated. */
import * as z from "zod";
import { UnsupportedError } from "../../errors/unsupported.ts";
import { conditionElement } from "./conditions.ts";

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

/** Policy variables are not evaluated; taken literally, a deny would never apply. */
const resources = oneOrMany.refine((texts) => texts.every((text) => !text.includes("${")), {
  error: "policy variables are not evaluated",
});

const elements = {
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: resources.optional(),
  NotResource: resources.optional(),
  Condition: conditionElement.optional(),
};

/** Every principal, services included, is `*` or `{"AWS": "*"}` (documented: the page below). */
const principalElement = z.union([
  z.literal("*").transform(() => ({ AWS: ["*"], Service: new Array<string>() })),
  z
    .strictObject({ AWS: oneOrMany.default([]), Service: oneOrMany.default([]) })
    .refine(({ AWS, Service }) => AWS.length + Service.length > 0, {
      error: "a principal is not empty",
    })
    .refine(
      ({ AWS, Service }) => ![...AWS.filter((id) => id !== "*"), ...Service].some(hasWildcard),
      { error: 'a principal has no wildcard, unless it is "*"' },
    ),
]);

function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** Documented: LAMBDA/permissions-source-function-arn. */
const onlyOfIdentities = "lambda:SourceFunctionArn";

const names = (condition: z.output<typeof conditionElement>, name: string) =>
  Object.values(condition)
    .flatMap((keys) => Object.keys(keys))
    .some((key) => key.toLowerCase() === name.toLowerCase());

/**
 * A statement of an identity-based policy, which has no principal, or of a resource's, which has one.
 * Documented: IAM/reference_policies_elements
 */
const identityStatement = complete(z.strictObject(elements));
const resourceStatement = complete(
  z.strictObject({
    ...elements,
    Principal: principalElement,
    Condition: conditionElement
      .refine((condition) => !names(condition, onlyOfIdentities), {
        error: `a resource's policy cannot have ${onlyOfIdentities}`,
      })
      .optional(),
  }),
);

/** Validates a statement as a whole. */
function complete<Schema extends z.ZodType<Statement>>(schema: Schema): Schema {
  return schema
    .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
      error: "a statement has either Action or NotAction",
    })
    .refine(
      ({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined),
      { error: "a statement has either Resource or NotResource" },
    );
}

function documentOf<Schema extends z.ZodType>(statement: Schema) {
  return z.strictObject({
    Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
    Id: z.string().optional(),
    Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
  });
}

const identityDocument = documentOf(identityStatement);
const resourceDocument = documentOf(resourceStatement);

/** A statement with one-element lists in place of plain strings. */
export type Statement = z.infer<z.ZodObject<typeof elements>>;

/** A statement with the name of the policy that it is in, where it has one. */
export type NamedStatement = Statement & { readonly policy?: string };

/** A statement about the principals that it names. */
export type ResourceStatement = z.infer<typeof resourceStatement>;

/** The statements of a role's policy. @throws Error naming the part that cannot be understood. */
export function parsePolicy(json: string): readonly Statement[] {
  return parse(identityDocument, json).Statement;
}

/** The statements of a resource's policy. @throws Error naming the part that cannot be understood. */
export function parseResourcePolicy(json: string): readonly ResourceStatement[] {
  return parse(resourceDocument, json).Statement;
}

/** Why a resource's policy cannot be understood; undefined for one that can. */
export function problemWithResourcePolicy(json: string): string | undefined {
  try {
    parseResourcePolicy(json);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, json: string): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(json));
  if (parsed.success) return parsed.data;
  throw new UnsupportedError(
    `The local cloud cannot evaluate the policy: ${z.prettifyError(parsed.error)}`,
    { cause: parsed.error },
  );
}
