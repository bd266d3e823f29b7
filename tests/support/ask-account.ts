/** Asks a stub of an account, as `npm run deploy` asks the operator's. */
import type { GraphResource } from "@secure-lambda/local";
import { onTestFinished } from "vitest";
import { askAccount } from "../../scripts/account/ask-account.ts";
import { accountWithRoom, startAccountStub, stubClients, type Answers } from "./account-stub.ts";

/** What is asked about, and how the account differs from one with room. */
interface Asked {
  readonly stage?: string;
  readonly region?: string;
  readonly graph: readonly GraphResource[];
  readonly answers?: Answers;
}

/** The findings of a test, with the operations that were called. */
export async function askStub({ stage = "prod", region, graph, answers }: Asked) {
  const stub = await startAccountStub({ ...accountWithRoom, ...answers });
  onTestFinished(() => stub.stop());
  const aws = { ...stubClients(stub), ...(region !== undefined && { region }) };
  return { ...(await askAccount({ stage, graph, aws })), calls: stub.calls };
}
