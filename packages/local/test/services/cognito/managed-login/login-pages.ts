/** A pool with login pages, and the ways of its users through them. */
import * as z from "zod";
import { expect } from "vitest";
import { localPaths } from "../../../../src/local-paths.ts";
import type {
  ClientSettings,
  UserPoolSettings,
} from "../../../../src/services/cognito/settings.ts";
import type { StartedCloud } from "../../../support/test-cloud.ts";
import { createPool, password } from "../pools-and-users.ts";
import { openBrowser, type Visited } from "../../../support/browser.ts";

export const callbackUrl = "https://app.example.com/callback";
export const logoutUrl = "https://app.example.com/bye";

/** What a client needs for the login pages. */
export const oauth: Partial<ClientSettings> = {
  allowedOauthFlowsUserPoolClient: true,
  allowedOauthFlows: ["code"],
  allowedOauthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
  callbackUrls: [callbackUrl],
  logoutUrls: [logoutUrl],
};

/** Whether a browser was redirected with an authorization code. */
export const hasCode = ({ url }: Visited): boolean => url.searchParams.has("code");

/** The members of a token response. */
export async function tokensIn(response: Response): Promise<Record<string, string>> {
  return tokensSchema.parse(await response.json());
}

const tokensSchema = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

let pools = 0;

/** A pool with a domain, and a client that may use its pages. */
export async function createLoginPages(
  aws: StartedCloud,
  poolSettings: Partial<UserPoolSettings> = {},
  clientSettings: Partial<ClientSettings> = {},
) {
  const pool = await createPool(aws, poolSettings, { ...oauth, ...clientSettings });
  pools += 1;
  const domain = `app-${pools}`;
  aws.cognito.createDomain(pool.poolId, domain);
  const login = `${aws.url}${localPaths.login}/${domain}`;

  /** An address of the pages, for a request of the client; a parameter that is undefined is left out. */
  function address(path: string, parameters: Record<string, string | undefined> = {}): URL {
    const url = new URL(`${login}/${path}`);
    const all = {
      client_id: pool.clientId,
      response_type: "code",
      redirect_uri: callbackUrl,
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url;
  }

  /** A browser at the sign-in page. */
  async function arrive(parameters: Record<string, string | undefined> = {}) {
    const browser = openBrowser(aws.url);
    return { browser, page: await browser.visit(address("oauth2/authorize", parameters)) };
  }

  /** A browser whose user has sent the sign-in page, and where that leads. */
  async function signIn(
    username: string,
    parameters: Record<string, string | undefined> = {},
    given = password,
  ) {
    const { browser, page } = await arrive(parameters);
    return { browser, page: await browser.submit(page, "login", { username, password: given }) };
  }

  /** Posts to the token endpoint as a public client. */
  function token(form: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams({ client_id: pool.clientId, ...form });
    return fetch(`${login}/oauth2/token`, { method: "POST", body, headers });
  }

  /** The tokens for the code of a callback. */
  async function exchange({ url }: Visited): Promise<Record<string, string>> {
    const code = url.searchParams.get("code") ?? "";
    const response = await token({
      grant_type: "authorization_code",
      code,
      redirect_uri: callbackUrl,
    });
    return tokensIn(response);
  }

  return { ...pool, domain, login, address, arrive, signIn, token, exchange };
}

export type LoginPages = Awaited<ReturnType<typeof createLoginPages>>;

/** The status and the body of a request for tokens that is refused; never to be kept. */
export async function refusal(response: Response) {
  expect(response.headers.get("cache-control")).toBe("no-store");
  return [response.status, await response.json()];
}
