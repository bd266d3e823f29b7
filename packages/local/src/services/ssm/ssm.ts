/** The part of Systems Manager's Parameter Store that the SST CLI uses. */
import * as z from "zod";
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import { jsonService, operation, textMember, timestamp } from "../../aws-protocol/json-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../aws-protocol/service.ts";

interface Parameter {
  type: "String" | "SecureString";
  value: string;
  version: number;
  changedAt: number;
}

/** What a Parameter Store starts with; `now` gives milliseconds since 1970. */
export type ParameterStoreOptions = AwsEnvironment & {
  /** The initial parameters, by name. */
  parameters?: Readonly<Record<string, string>>;
  now?: () => number;
};

const name = z.string().min(1).max(2048);

/** AWS's quotas of standard parameters (documented: SSM/parameter-store-advanced-parameters). */
const longestValue = 4096;
const mostParameters = 10_000;

/** A Parameter Store in memory. */
export function createParameterStore(options: ParameterStoreOptions): AwsService {
  const { region, account, now = Date.now } = options;
  const parameters = new Map<string, Parameter>();
  for (const [key, value] of Object.entries(options.parameters ?? {})) {
    parameters.set(key, { type: "String", value, version: 1, changedAt: now() });
  }

  const arnOf = (parameter: string) =>
    `arn:aws:ssm:${region}:${account}:parameter/${parameter.replace(/^\//, "")}`;

  return jsonService({
    targetPrefix: "AmazonSSM",
    invalidInput: "ValidationException",
    resourceOf: (input) => arnOf(textMember(input, "Name") ?? ""),
    operations: {
      GetParameter: operation(
        z.strictObject({ Name: name, WithDecryption: z.boolean().default(false) }),
        (input) => {
          const parameter = parameters.get(input.Name);
          if (parameter === undefined) throw notFound(input.Name);
          if (parameter.type === "SecureString" && !input.WithDecryption) {
            const what = "ssm:GetParameter of a SecureString without WithDecryption";
            throw unsupported(what, "ValidationException");
          }
          return {
            Parameter: {
              Name: input.Name,
              Type: parameter.type,
              Value: parameter.value,
              Version: parameter.version,
              LastModifiedDate: timestamp(parameter.changedAt),
              ARN: arnOf(input.Name),
              DataType: "text",
            },
          };
        },
      ),

      PutParameter: operation(
        z.strictObject({
          Name: name,
          Value: z.string().min(1).max(longestValue),
          Type: z.enum(["String", "SecureString"], {
            error: 'The local cloud supports only "String" and "SecureString"',
          }),
          Description: z.string().optional(),
          Overwrite: z.boolean().default(false),
        }),
        (input) => {
          const existing = parameters.get(input.Name);
          if (existing !== undefined && !input.Overwrite) {
            const message =
              "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
            throw new AwsError("ParameterAlreadyExists", message);
          }
          if (existing === undefined && parameters.size >= mostParameters) {
            const message = `An account has at most ${String(mostParameters)} parameters.`;
            throw new AwsError("ParameterLimitExceeded", message);
          }
          const version = (existing?.version ?? 0) + 1;
          const { Name, Type: type, Value: value } = input;
          parameters.set(Name, { type, value, version, changedAt: now() });
          return { Version: version, Tier: "Standard" };
        },
      ),

      DeleteParameter: operation(z.strictObject({ Name: name }), (input) => {
        if (!parameters.delete(input.Name)) throw notFound(input.Name);
        return {};
      }),
    },
  });
}

function notFound(parameter: string): AwsError {
  return new AwsError("ParameterNotFound", `Parameter ${parameter} not found.`);
}
