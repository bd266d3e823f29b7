/** What a body must be before it is parsed. */
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { problemResponse } from "../problems/problem-response.ts";
import { problems } from "../../contract/problems.ts";

const MAX_BODY_BYTES = 16 * 1_024;

/** Lets `application/json` through, with any parameters. */
export const requireJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") return problemResponse(c, problems.unsupportedMediaType);
  return next();
};

/**
 * Lets bodies of at most 16 KiB through. It counts the bytes that came: Hono's own limit believes
 * the Content-Length header. The event has the whole body in memory already. It reads text, which is
 * what is parsed next: Hono would make that from anything else by way of another `Response`.
 */
export const limitBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (Buffer.byteLength(await c.req.text()) > MAX_BODY_BYTES)
    return problemResponse(c, problems.contentTooLarge);
  return next();
};
