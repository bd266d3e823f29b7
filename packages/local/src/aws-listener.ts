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
  readonly folder: string;
}

/** Listens on a free port; `variables` lead a process there. */
export async function listenAsAws({ api, aws, folder }: AwsListenerArgs) {
  const { key, cert, authority } = createTlsIdentity();
  const authorityFile = path.join(folder, "authority.pem");
  fs.writeFileSync(authorityFile, authority, { mode: 0o600 });
  const { port, close } = await listen(
    (request, connection) =>
      new URL(request.url).hostname.includes(".execute-api.")
        ? api(request, connection)
        : aws(request),
    0,
    { tls: { key, cert }, servesHost: isAwsHost },
  );
  return { close, variables: stayLocalVariables(port, authorityFile) };
}
