/** Recognizes live functions: those that `sst dev` deploys with a bridge in place of their code. */
import * as z from "zod";

/** A function whose code runs in the SST CLI's own workers. */
export interface LiveFunction {
  /** The name by which the CLI knows the function. */
  readonly functionId: string;
  /** Where its channels begin: `/sst/APP/STAGE`. */
  readonly channelPrefix: string;
}

/** What it is recognized by (recorded: platform/src/components/aws/function.ts of SST). */
interface LiveSettings {
  readonly name: string;
  readonly runtime: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
}

const text = z.string().min(1);

const environmentSchema = z.object({
  SST_FUNCTION_ID: text,
  SST_APP: text,
  SST_STAGE: text,
  SST_REGION: text,
  SST_APPSYNC_HTTP: text,
  SST_APPSYNC_REALTIME: text,
  SST_ASSET_BUCKET: text,
  SST_FUNCTION_STREAMING: z
    .undefined("the local cloud does not stream the responses of live functions")
    .optional(),
});

/**
 * The live function of the settings; undefined for an ordinary function.
 * @throws Error naming the missing or invalid variable.
 */
export function liveFunctionOf(settings: LiveSettings): LiveFunction | undefined {
  const { name, runtime, handler, environment } = settings;
  if (runtime !== "provided.al2023" || handler !== "bootstrap") return undefined;
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const problem = z.prettifyError(parsed.error);
    throw new Error(`The function ${name} is not one that "sst dev" deploys:\n${problem}`);
  }
  const { SST_FUNCTION_ID: functionId, SST_APP: app, SST_STAGE: stage } = parsed.data;
  return { functionId, channelPrefix: `/sst/${app}/${stage}` };
}
