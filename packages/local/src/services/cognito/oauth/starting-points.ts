/** Authorization requests for a user who opens a domain without an application. */
import type { Pool } from "../model.ts";

/** An app client, and the query of its request for a code, with its first callback URL. */
export interface StartingPoint {
  readonly client: string;
  readonly search: string;
}

/** One for each client that gets codes. */
export function startingPoints({ clients }: Pool): StartingPoint[] {
  return [...clients.values()].flatMap(({ id, settings }) => {
    const {
      allowedOauthFlowsUserPoolClient: isEnabled,
      allowedOauthFlows,
      callbackUrls,
    } = settings;
    const [redirectUri] = callbackUrls;
    if (!isEnabled || !allowedOauthFlows.includes("code") || redirectUri === undefined) return [];
    const query = { client_id: id, response_type: "code", redirect_uri: redirectUri };
    return [{ client: settings.name, search: `?${String(new URLSearchParams(query))}` }];
  });
}
