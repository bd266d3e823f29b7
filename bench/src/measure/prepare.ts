/** Sets the lab up: signs users in, starts the stubs, lists the candidates. */
import fs from "node:fs";
import path from "node:path";
import { createTlsIdentity } from "../../../packages/local/src/http/certificate/identity.ts";
import { signInUsers } from "../app/user-pools.ts";
import { listCandidates, type ShippedFunctions } from "../candidates.ts";
import { startAwsStub } from "../harness/aws-stub.ts";
import type { Lab } from "./lab.ts";

/** More than any cache of tokens should hold: the requests of as many users never find theirs. */
const USERS = 2_000;

/** Sets it up for `use` and ends it after. Needs the peers and the shipped functions, unpacked, in `built`. */
export async function withLab<T>(
  { shipped, built }: { shipped: ShippedFunctions; built: string },
  use: (lab: Lab) => Promise<T>,
): Promise<T> {
  const { environment, memoryMb } = shipped.ours;
  const { routeAuth, tokens } = signInUsers(environment["ROUTE_AUTH"] ?? "", USERS);
  const identity = createTlsIdentity();
  const authorityFile = path.join(built, "authority.pem");
  fs.writeFileSync(authorityFile, identity.authority);
  const secure = await startAwsStub(identity);
  const plain = await startAwsStub();
  try {
    return await use({
      candidates: listCandidates(built, shipped),
      tokens,
      bootstrap: path.join(built, "bootstrap.cjs"),
      environment: { ...environment, ROUTE_AUTH: routeAuth },
      memoryMb,
      secure,
      authorityFile,
      plain,
    });
  } finally {
    await secure.close();
    await plain.close();
  }
}
