/** Paths of the local cloud's own parts, on the port of the AWS endpoint. */
export const localPaths = {
  engine: "/_local/engine",
  runtimeApi: "/_local/runtime",
  console: "/_local/console",
  api: "/_local/api",
  login: "/_local/login",
  mail: "/_local/mail",
} as const;

/** Where a local cloud has what AWS would mail. */
export function mailboxUrl(awsUrl: string): string {
  return `${awsUrl}${localPaths.mail}`;
}

/** Where a local cloud has the API of its console. */
export function localApiUrl(awsUrl: string): string {
  return `${awsUrl}${localPaths.api}`;
}

/** Where a local cloud has the login pages that are at `https://DOMAIN.auth.REGION.amazoncognito.com` on AWS. */
export function localLoginUrl(awsUrl: string, loginUrl: string): string {
  const [domain = ""] = new URL(loginUrl).hostname.split(".");
  return `${awsUrl}${localPaths.login}/${domain}`;
}
