/** The outputs of an app that `sst dev` prints, with the local cloud's addresses in place of AWS's. */
import type { LocalCloud } from "../local-cloud.ts";
import { isApiHost } from "../services/api-gateway/execute-api/resolve-stage.ts";

/** A line of the CLI with one output of the app that is an address: `[SST]    apiUrl: https://…`. */
const output = /^(\[\w+\] +\w+: )https:\/\/([^/\s]+)\S*$/;

/** A line of the CLI; an output that is the address of an API or a login page leads to the local cloud. */
export function withLocalAddress(
  line: string,
  { urls, loginUrls }: Pick<LocalCloud, "urls" | "loginUrls">,
): string {
  const [, head = "", host = ""] = output.exec(line) ?? [];
  const local = isApiHost(host) ? urls.api : loginUrls().find((url) => isLoginOf(url, host));
  return local === undefined ? line : head + local;
}

/** A login page has the prefix of its host last in its local address. */
const isLoginOf = (url: string, host: string) =>
  /^.+\.auth\.[a-z0-9-]+\.amazoncognito\.com$/.test(host) && url.endsWith(`/${host.split(".")[0]}`);
