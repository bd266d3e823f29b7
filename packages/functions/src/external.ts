/** The entry point of ExternalLambda: the API's two routes. */
import { handle } from "hono/aws-lambda";
import { composeExternal } from "./composition.ts";
import { loadExternalConfig } from "./config.ts";
import { createApp } from "./http/app.ts";
import { workAhead } from "./init/work-ahead.ts";
import { useLeanWebClasses } from "./web/install.ts";

useLeanWebClasses();

const { app, ahead } = composeExternal(loadExternalConfig(process.env));

/** Handles one API Gateway REST proxy event. */
export const handler = handle(createApp(app));

// Lambda waits for it in its init phase, where the CPU is not throttled. It never rejects.
await workAhead(ahead);
