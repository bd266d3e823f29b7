/** Puts the lightweight web classes in place of Node's. */
import { LightweightHeaders } from "./headers.ts";
import { LightweightRequest, LightweightResponse } from "./messages.ts";

/**
 * Replaces the global `Headers`, `Request` and `Response`, by whose names Hono finds them, and leaves
 * `fetch` as it is, which nothing here calls. The first use of Node's own would load the whole of
 * fetch.
 */
export function installWebShims(): void {
  Object.assign(globalThis, {
    Headers: LightweightHeaders,
    Request: LightweightRequest,
    Response: LightweightResponse,
  });
}
