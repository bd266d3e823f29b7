/** What the AWS endpoint's port serves: AWS's services, and below `/_local` what is the local cloud's own. */
import type { Hono } from "hono";
import type { AwsEndpoint } from "./aws-protocol/endpoint.ts";
import type { Handler } from "./http/listen.ts";
import { localPaths } from "./local-paths.ts";

interface AwsHandlerArgs {
  readonly endpoint: AwsEndpoint;
  readonly control: Hono;
  readonly page: Hono;
  readonly api: Hono;
  readonly mail: Hono;
  readonly login: (request: Request) => Promise<Response>;
  readonly runtimeApi: (request: Request) => Promise<Response>;
}

/** Serves each part below its path, which the part does not see; everything else is a call of AWS. */
export function createAwsHandler({
  endpoint,
  control,
  page,
  api,
  login,
  mail,
  runtimeApi,
}: AwsHandlerArgs): Handler {
  const parts = [
    [localPaths.engine, (request: Request) => control.fetch(request)],
    [localPaths.runtimeApi, runtimeApi],
    [localPaths.console, (request: Request) => page.fetch(request)],
    [localPaths.api, (request: Request) => api.fetch(request)],
    [localPaths.login, login],
    [localPaths.mail, (request: Request) => mail.fetch(request)],
  ] as const;
  return (request) => {
    const { pathname } = new URL(request.url);
    for (const [prefix, answer] of parts) {
      if (pathname === prefix || pathname.startsWith(`${prefix}/`)) {
        return answer(below(request, prefix));
      }
    }
    return endpoint.fetch(request);
  };
}

/** The same request with the first part of its path taken away. */
function below(request: Request, prefix: string): Request {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length) || "/";
  return new Request(url, request);
}
