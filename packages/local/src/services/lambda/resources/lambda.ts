/** aws:lambda: functions. */
import * as z from "zod";
import { UnsupportedError } from "../../../errors/unsupported.ts";
import { defineResource } from "../../../provider/resource-type.ts";
import { limitationsOf } from "../../../provider/limitations.ts";
import { nameOf } from "../../../provider/physical-name.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import type { LambdaService } from "../ports.ts";

const loggingConfig = z.strictObject({
  logFormat: z.enum(["JSON", "Text"]),
  logGroup: z.string().optional(),
  applicationLogLevel: z.enum(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]).optional(),
  systemLogLevel: z.enum(["DEBUG", "INFO", "WARN"]).optional(),
});

const functionInputs = z.strictObject({
  name: z.string().optional(),
  role: z.string(),
  packageType: z.literal("Zip").default("Zip"),
  runtime: z.string(),
  handler: z.string(),
  s3Bucket: z.string(),
  s3Key: z.string(),
  timeout: z.int().positive().default(3),
  memorySize: z.int().positive().default(128),
  environment: z.strictObject({ variables: z.record(z.string(), z.string()) }).optional(),
  loggingConfig: loggingConfig.default({ logFormat: "Text" }),
  /** -1 is AWS's way of saying none. */
  reservedConcurrentExecutions: z.int().min(-1).default(-1),
  tracingConfig: z.strictObject({ mode: z.enum(["Active", "PassThrough"]) }).optional(),
  kmsKeyArn: z.string().optional(),
  layers: z.array(z.never("the local cloud runs functions without layers")).optional(),
  deadLetterConfig: z
    .never("the local cloud has destinations in its place: use a FunctionEventInvokeConfig")
    .optional(),
});

type FunctionInputs = z.infer<typeof functionInputs>;

interface FunctionStores {
  readonly environment: AwsEnvironment;
  readonly lambda: LambdaService;
  /** Uploaded objects: `BUCKET/KEY` to the file on this machine. */
  readonly assets: ReadonlyMap<string, string>;
}

/** The type of functions. */
export const functionResources = ({
  lambda,
  assets,
  environment: { region, account },
}: FunctionStores) => [
  replacedWhen(
    ["name"],
    defineResource({
      type: "aws:lambda/function:Function",
      inert: ["architectures", "description", "ephemeralStorage", "publish", "sourceCodeHash"],
      inputs: functionInputs,
      limitations: functionLimitations,
      apply: async (inputs, context) => {
        const name = nameOf(inputs.name, context);
        const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
        const zipFile = assets.get(`${inputs.s3Bucket}/${inputs.s3Key}`);
        if (zipFile === undefined)
          throw new UnsupportedError(`The code of function "${name}" was not uploaded.`);
        const { loggingConfig: logging, reservedConcurrentExecutions: reserved } = inputs;
        await lambda.putFunction({
          name,
          arn,
          roleArn: inputs.role,
          runtime: inputs.runtime,
          handler: inputs.handler,
          code: { zipFile },
          environment: inputs.environment?.variables ?? {},
          timeoutSeconds: inputs.timeout,
          memoryMb: inputs.memorySize,
          logFormat: logging.logFormat,
          logGroup: logging.logGroup ?? `/aws/lambda/${name}`,
          tracing: inputs.tracingConfig?.mode ?? "PassThrough",
          ...(reserved < 0 ? {} : { reservedConcurrency: reserved }),
        });
        return { id: name, outputs: functionOutputs(name, arn, region) };
      },
      remove: ({ id }) => lambda.deleteFunction(id),
    }),
  ),
];

function functionLimitations({ kmsKeyArn, loggingConfig: logging }: FunctionInputs) {
  const hasLevels = "applicationLogLevel" in logging || "systemLogLevel" in logging;
  return limitationsOf(
    [kmsKeyArn !== undefined, { service: "Lambda", text: "variables are not encrypted" }],
    [hasLevels, { service: "Lambda", text: "lines of every log level are kept" }],
  );
}

function functionOutputs(name: string, arn: string, region: string) {
  const invokeArn = (version: string, action: string) =>
    `arn:aws:apigateway:${region}:lambda:path/${version}/functions/${arn}/${action}`;
  return {
    name,
    arn,
    version: "$LATEST",
    qualifiedArn: `${arn}:$LATEST`,
    invokeArn: invokeArn("2015-03-31", "invocations"),
    responseStreamingInvokeArn: invokeArn("2021-11-15", "response-streaming-invocations"),
  };
}
