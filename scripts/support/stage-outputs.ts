/** The outputs of a stage, from the state that SST keeps of it in the AWS account. */
import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod";
import { CommandError } from "./command-error.ts";
import type { DeployedStage } from "./target.ts";
import { howToDeploy } from "./unnamed-stage.ts";
import { namesOf } from "../../stacks/settings/names.ts";

const json = z.string().transform((text): unknown => JSON.parse(text));

const bootstrapSchema = json.pipe(z.object({ state: z.string() }));

/** A checkpoint of Pulumi: the stack is a resource, its outputs are those of sst.config.ts. */
const stateSchema = json.pipe(
  z.object({
    checkpoint: z.object({
      latest: z.object({
        resources: z.array(
          z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).default({}) }),
        ),
      }),
    }),
  }),
);

/**
 * What `run` in sst.config.ts returned when the stage was last deployed. Where SST keeps this is not
 * documented; it was read from SST 4.17's own calls.
 * @throws CommandError when SST knows no such stage in this account and Region.
 */
export async function readStageOutputs({
  stage,
  local,
  aws,
}: DeployedStage): Promise<Record<string, unknown>> {
  const ssm = new SSMClient({ ...aws });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/sst/bootstrap" }));
  const { state: bucket } = bootstrapSchema.parse(Parameter?.Value);
  const state = await readState(new S3Client({ ...aws, forcePathStyle: true }), bucket, {
    stage,
    local,
  });
  const { resources } = stateSchema.parse(state).checkpoint.latest;
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

async function readState(
  s3: S3Client,
  bucket: string,
  { stage, local }: Pick<DeployedStage, "stage" | "local">,
): Promise<string | undefined> {
  const key = namesOf(stage).stateObject;
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (cause) {
    if (!(cause instanceof NoSuchKey)) throw cause;
    throw new CommandError(`SST knows no stage "${stage}". ${howToDeploy(stage, local)}`, {
      cause,
    });
  }
}
