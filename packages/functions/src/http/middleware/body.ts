/** The checks of a body before it is parsed: its content type and its size. */
import type { MiddlewareHandler } from "hono";
import { problems } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";
import { problemResponse } from "../problems.ts";

const MAX_BODY_BYTES = 16 * 1_024;

/** Responds 415 to every content type but `application/json`, with any parameters. */
export const requireJson = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") return problemResponse(c, problems.unsupportedMediaType);
  return next();
};

/**
 * Responds 413 to bodies of more than 16 KiB received: Hono's own limit trusts the Content-Length
 * header. It reads text, which is parsed next: Hono would make that by way of another `Response`.
 */
export const limitBody = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  if (Buffer.byteLength(await c.req.text()) > MAX_BODY_BYTES)
    return problemResponse(c, problems.contentTooLarge);
  return next();
};
