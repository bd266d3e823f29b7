/** ExternalLambda as `sst deploy` ships it: deployed to a local cloud and taken from there. */
import { startLocalCloud } from "@secure-lambda/local";
import * as z from "zod";
import { archiveIn } from "./running-app.ts";
import { unpack } from "./unpack.ts";

/** The code and the settings of the deployed function. */
export interface ShippedFunction {
  /** Bytes of the archive that Lambda would be given. */
  readonly zipBytes: number;
  readonly handler: string;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

const functionSchema = z.object({
  handler: z.string(),
  memorySize: z.number(),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
});

/** Deploys the app in `project` and unpacks the function's archive into `folder`. */
export async function shipFunction(
  project: string,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<ShippedFunction> {
  const cloud = await startLocalCloud({ project });
  try {
    await cloud.deploy({ stage: "local", signal });
    const resource = cloud
      .graph("local")
      .find(
        ({ type, name }) =>
          type === "aws:lambda/function:Function" && name === "ExternalLambdaFunction",
      );
    const { handler, memorySize, environment } = functionSchema.parse(resource?.inputs);
    const zipBytes = unpack(archiveIn(project), folder);
    return {
      zipBytes,
      handler,
      memoryMb: memorySize,
      environment: environment.variables,
    };
  } finally {
    await cloud.stop();
  }
}
