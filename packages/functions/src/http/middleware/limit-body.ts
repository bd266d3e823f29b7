/** Limits the size of bodies. */
import type { MiddlewareHandler } from "hono";
import { problems } from "../../contract/index.ts";
import type { AppEnv } from "../app-env.ts";
import { problemResponse } from "../problems/problem-response.ts";

const MAX_BODY_BYTES = 16 * 1_024;

/**
 * Responds 413 to bodies of more than 16 KiB. It counts the bytes received: Hono's own limit trusts
 * the Content-Length header. The event has the whole body in memory already. It reads text, which is
 * what is parsed next: Hono would make that from anything else by way of another `Response`.
 */
export const limitBody = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  if (Buffer.byteLength(await c.req.text()) > MAX_BODY_BYTES)
    return problemResponse(c, problems.contentTooLarge);
  return next();
};
