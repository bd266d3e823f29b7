/** Redirects to URLs of app clients. */

/** A URL of a client, as it is registered, with parameters added to its query. */
export function withParameters(
  url: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const added = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) added.set(name, value);
  }
  return `${url}${url.includes("?") ? "&" : "?"}${String(added)}`;
}
