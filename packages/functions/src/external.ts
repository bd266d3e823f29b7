/** The entry point of ExternalLambda: the API's two routes. */
import { handle } from "hono/aws-lambda";
import { compose } from "./composition.ts";
import { loadConfig } from "./config.ts";
import { createApp } from "./http/app.ts";

/** Handles one API Gateway REST proxy event. */
export const handler = handle(createApp(compose(loadConfig(process.env))));
