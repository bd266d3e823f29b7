/** The entry point of ExternalLambda: the API's two routes. */
import { startExternal } from "./start-external.ts";

/** Handles one API Gateway REST proxy event. Lambda's init phase, with its full CPU, waits for it. */
export const handler = await startExternal(process.env);
