/** Requires JSON: `application/json`, with any parameters. */
import type { MiddlewareHandler } from "hono";
import { problems } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";
import { problemResponse } from "../problems/problem-response.ts";

/** Responds 415 to every other content type. */
export const requireJson = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") return problemResponse(c, problems.unsupportedMediaType);
  return next();
};
