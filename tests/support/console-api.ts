/** Calls the console's API of a running local cloud. */
import * as z from "zod";

/** Calls it at a path. @throws Error with its problem */
export type ConsoleApi = (method: string, path: string, body?: object) => Promise<unknown>;

const sessionSchema = z.object({ header: z.string(), token: z.string() });

/** Opens a session at the AWS endpoint. */
export async function openConsoleApi(awsUrl: string): Promise<ConsoleApi> {
  const base = `${awsUrl}/_local/api`;
  const session = sessionSchema.parse(await (await fetch(`${base}/session`)).json());
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { [session.header]: session.token, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.status === 204 ? undefined : response.json();
  };
}
