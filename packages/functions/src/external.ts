/** The entry point of ExternalLambda: the API's two routes. */
import { handle } from "hono/aws-lambda";
import { composeExternal } from "./composition.ts";
import { loadExternalConfig } from "./config.ts";
import { createApp } from "./http/app.ts";

/** Handles one API Gateway REST proxy event. */
export const handler = handle(createApp(composeExternal(loadExternalConfig(process.env))));
