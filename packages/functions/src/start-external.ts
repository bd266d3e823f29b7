/** Starts ExternalLambda: makes its app and does what can be done before the first request. */
import { handle } from "hono/aws-lambda";
import { composeExternal } from "./composition.ts";
import { loadExternalConfig } from "./config.ts";
import { createApp } from "./http/app.ts";
import { workAhead } from "./init/work-ahead.ts";
import { useLeanWebClasses } from "./web/install.ts";

/**
 * Resolves, once the work ahead is done, to what handles one API Gateway REST proxy event.
 * @throws {ConfigError} when the environment lacks something or holds something wrong.
 */
export async function startExternal(env: Readonly<Record<string, string | undefined>>) {
  useLeanWebClasses();
  const { app, ahead } = composeExternal(loadExternalConfig(env));
  const handler = handle(createApp(app));
  // In a worker of `sst dev`, breakpoints are there for requests.
  if (env["SST_DEV"] === undefined) await workAhead(ahead);
  return handler;
}
