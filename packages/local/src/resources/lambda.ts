/** aws:lambda: functions, who may invoke them, and what becomes of events that they fail on. */
import * as z from "zod";
import { defineResource } from "../deployment/resource-type.ts";
import { physicalName } from "./physical-name.ts";
import type { Services } from "./services.ts";

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
  environment: z.object({ variables: z.record(z.string(), z.string()) }).optional(),
  loggingConfig: z
    .object({ logFormat: z.enum(["JSON", "Text"]), logGroup: z.string().optional() })
    .optional(),
  reservedConcurrentExecutions: z.int().optional(),
});

export const lambdaResources = ({ lambda, assets, region, account }: Services) => [
  defineResource({
    type: "aws:lambda/function:Function",
    inert: ["architectures", "description", "ephemeralStorage", "publish"],
    inputs: functionInputs,
    apply: async (inputs, { name: logicalName, previous }) => {
      const name = inputs.name ?? previous?.id ?? physicalName(logicalName);
      const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
      const zipFile = assets.get(`${inputs.s3Bucket}/${inputs.s3Key}`);
      if (zipFile === undefined)
        throw new Error(`The code of function "${name}" was not uploaded.`);
      const reserved = inputs.reservedConcurrentExecutions;
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
        logFormat: inputs.loggingConfig?.logFormat ?? "Text",
        logGroup: inputs.loggingConfig?.logGroup ?? `/aws/lambda/${name}`,
        ...(reserved === undefined || reserved < 0 ? {} : { reservedConcurrency: reserved }),
      });
      const invokeArn = (version: string, action: string) =>
        `arn:aws:apigateway:${region}:lambda:path/${version}/functions/${arn}/${action}`;
      return {
        id: name,
        outputs: {
          name,
          arn,
          version: "$LATEST",
          qualifiedArn: `${arn}:$LATEST`,
          invokeArn: invokeArn("2015-03-31", "invocations"),
          responseStreamingInvokeArn: invokeArn("2021-11-15", "response-streaming-invocations"),
        },
      };
    },
    remove: ({ id }) => lambda.deleteFunction(id),
  }),
  defineResource({
    type: "aws:lambda/permission:Permission",
    inputs: z.strictObject({
      action: z.literal("lambda:InvokeFunction"),
      function: z.string(),
      principal: z.string(),
      sourceArn: z.string().optional(),
      statementId: z.string().optional(),
    }),
    apply: ({ function: functionName, statementId, ...permission }, { name, previous }) => {
      const id = statementId ?? previous?.id ?? physicalName(name);
      if (previous) lambda.removePermission(functionName, id);
      lambda.addPermission({ functionName, statementId: id, ...permission });
      return { id, outputs: { statementId: id } };
    },
    remove: ({ id, outputs }) => lambda.removePermission(z.string().parse(outputs["function"]), id),
  }),
];
