/** Where a sign-out leads (documented: COGNITO/logout-endpoint). */
import type { Pool } from "../model.ts";
import { readAuthorizationRequest } from "./authorization-request.ts";
import type { Parameters } from "./parameters.ts";

/**
 * A sign-out URL of the client; `login` for the parameters of a sign-in, which then begins again;
 * undefined for anything else, which signs no user out.
 */
export function afterLogout(pool: Pool, parameters: Parameters): string | undefined {
  const logoutUri = parameters.get("logout_uri");
  if (logoutUri !== undefined) {
    const client = pool.clients.get(parameters.get("client_id") ?? "");
    return client?.settings.logoutUrls.find((url) => url === logoutUri);
  }
  return "client" in readAuthorizationRequest(pool, parameters) ? "login" : undefined;
}
