/** Serves AWS's host names over TLS on 127.0.0.1, to which `processes/stay-local.ts` leads. */
import fs from "node:fs";
import path from "node:path";
import { isAwsHost } from "./aws-protocol/aws-hosts.ts";
import { createTlsIdentity } from "./http/certificate/identity.ts";
import { listen, type Handler } from "./http/listen.ts";
import { stayLocalVariables } from "./processes/stay-local.ts";

/** What is served, and where the certificate of its authority is written. */
interface AwsListenerArgs {
  readonly api: Handler;
  readonly aws: (request: Request) => Promise<Response>;
  readonly login: (request: Request) => Promise<Response>;
  readonly folder: string;
}

/** The login pages of a user pool's domain. */
const loginHost = /^([a-z\d-]+)\.auth\.[a-z\d-]+\.amazoncognito\.com$/;

/** Listens on a free port; `variables` lead a process there. */
export async function listenAsAws({ api, aws, login, folder }: AwsListenerArgs) {
  const { key, cert, authority } = createTlsIdentity();
  const authorityFile = path.join(folder, "authority.pem");
  fs.writeFileSync(authorityFile, authority, { mode: 0o600 });
  const { port, close } = await listen(
    (request, connection) => {
      const url = new URL(request.url);
      if (url.hostname.includes(".execute-api.")) return api(request, connection);
      const [, domain] = loginHost.exec(url.hostname) ?? [];
      if (domain === undefined) return aws(request);
      url.pathname = `/${domain}${url.pathname}`;
      return login(new Request(url, request));
    },
    0,
    { tls: { key, cert }, servesHost: isAwsHost },
  );
  return { close, variables: stayLocalVariables(port, authorityFile) };
}
