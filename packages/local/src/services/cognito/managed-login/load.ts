/** The login pages, loaded by the first request for one: most runs have none. */
import type { ManagedLoginOptions } from "./managed-login.ts";

/** Handles requests for the pages, without their path. */
export function createLogin(options: ManagedLoginOptions): (request: Request) => Promise<Response> {
  let pages: Promise<{ fetch(request: Request): Response | Promise<Response> }> | undefined;
  return async (request) => {
    pages ??= import("./managed-login.ts").then((module) => module.createManagedLogin(options));
    return (await pages).fetch(request);
  };
}
