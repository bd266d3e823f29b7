/** Where a sign-out leads (documented: COGNITO/logout-endpoint). */
import type { Pool } from "../model.ts";
import { readAuthorizationRequest } from "./authorization-request.ts";
import type { Parameters } from "./parameters.ts";

/**
 * A sign-out URL of the client; `login` for one who is to sign in again, with the parameters for that;
 * undefined for anything else, and then nobody is signed out.
 */
export function afterLogout(pool: Pool, parameters: Parameters): string | undefined {
  const logoutUri = parameters.get("logout_uri");
  if (logoutUri !== undefined) {
    const client = pool.clients.get(parameters.get("client_id") ?? "");
    return client?.settings.logoutUrls.find((url) => url === logoutUri);
  }
  return "client" in readAuthorizationRequest(pool, parameters) ? "login" : undefined;
}
