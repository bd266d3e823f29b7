/** The entry point of ExternalLambda: the API's routes. */
import { compose } from "./composition.ts";
import { loadConfig } from "./config.ts";
import { createApp } from "./http/app.ts";
import { handle } from "./http/lambda.ts";

/** Handles one API Gateway REST proxy event. */
export const handler = handle(createApp(compose(loadConfig(process.env))));
