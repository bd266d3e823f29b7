/** The outputs of a stage, from the state that SST keeps of it in the AWS account. */
import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { GetParameterCommand, ParameterNotFound, SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod";
import { CommandError } from "./command-error.ts";
import type { DeployedStage } from "./target.ts";
import { howToDeploy } from "./unnamed-stage.ts";
import { namesOf } from "../../stacks/settings/names.ts";

const json = z.string().transform((text): unknown => JSON.parse(text));

const bootstrapSchema = json.pipe(z.object({ state: z.string() }));

/**
 * A checkpoint of Pulumi: the stack is a resource, its outputs are those of sst.config.ts. After a deployment
 * that ended before its first resource, Pulumi leaves out what is empty (pulumi/pulumi: apitype/core.go).
 */
const stateSchema = json.pipe(
  z.object({
    checkpoint: z.object({
      latest: z
        .object({
          resources: z
            .array(
              z.object({
                type: z.string(),
                id: z.string().default(""),
                outputs: z.record(z.string(), z.unknown()).default({}),
              }),
            )
            .default([]),
        })
        .prefault({}),
    }),
  }),
);

/**
 * What `run` in sst.config.ts returned when the stage was last deployed. Where SST keeps this is not
 * documented; it was read from SST 4.17's own calls.
 * @throws CommandError when SST knows no such stage in this account and Region.
 */
export async function readStageOutputs(deployed: DeployedStage): Promise<Record<string, unknown>> {
  const { resources } = stateSchema.parse(await readState(deployed)).checkpoint.latest;
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/** What SST has deployed of a stage: nothing of one that it does not know. */
export async function readResourcesInState(deployed: Omit<DeployedStage, "apiUrl">) {
  try {
    return stateSchema.parse(await readState(deployed)).checkpoint.latest.resources;
  } catch (error) {
    if (error instanceof UnknownStageError) return [];
    throw error;
  }
}

/** What AWS calls the resources of a stage: ids, names and the like. */
export async function readNamesInState(
  deployed: Omit<DeployedStage, "apiUrl">,
): Promise<ReadonlySet<unknown>> {
  const resources = await readResourcesInState(deployed);
  return new Set(resources.flatMap(({ id, outputs }) => [id, ...Object.values(outputs)]));
}

/** SST knows no such stage in this account and Region. */
class UnknownStageError extends CommandError {}

/** Says that a stage is not deployed, or was removed, and what to do. */
export const notDeployed = (
  { stage, local }: Pick<DeployedStage, "stage" | "local">,
  cause?: unknown,
) =>
  new UnknownStageError(`SST knows no stage "${stage}". ${howToDeploy(stage, local)}`, { cause });

async function readState({ stage, local, aws }: DeployedStage): Promise<string | undefined> {
  try {
    const ssm = new SSMClient({ ...aws });
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/sst/bootstrap" }));
    const { state: Bucket } = bootstrapSchema.parse(Parameter?.Value);
    const s3 = new S3Client({ ...aws, forcePathStyle: true });
    const Key = namesOf(stage).stateObject;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return await Body?.transformToString();
  } catch (cause) {
    // SST makes the parameter at its first deployment to a Region.
    if (!(cause instanceof NoSuchKey || cause instanceof ParameterNotFound)) throw cause;
    throw notDeployed({ stage, local }, cause);
  }
}
