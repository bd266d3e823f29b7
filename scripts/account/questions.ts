/** What is asked of an account before a stage is deployed to it, and what comes of the answers. */
import { messageOf } from "@secure-lambda/local/command-line";
import * as z from "zod";
import type { Graph } from "../../stacks/policy/index.ts";
import type { AwsConfig } from "../support/target.ts";

/** The stage that is to be deployed. */
export interface Deployment {
  readonly stage: string;
  /** The rehearsed graph. */
  readonly graph: Graph;
  /** The configuration of AWS clients. */
  readonly aws: AwsConfig;
}

/** What SST has deployed of the stage before: ids and outputs. */
export type Known = ReadonlySet<unknown>;

/** What was found: sentences for the operator. */
export interface Findings {
  /** Why the deployment would fail, each with what to do. */
  readonly refusals: readonly string[];
  /** What it changes for others in the account, and what could not be asked. */
  readonly remarks: readonly string[];
}

/** Nothing to say. */
export const nothing: Findings = { refusals: [], remarks: [] };

/** Findings that stop the deployment. */
export const refuse = (refusals: readonly string[]): Findings => ({ refusals, remarks: [] });

/** The findings of several questions. */
export const join = (all: readonly Findings[]): Findings => ({
  refusals: all.flatMap(({ refusals }) => refusals),
  remarks: all.flatMap(({ remarks }) => remarks),
});

/** What each service calls a call that the caller's policies do not allow. */
const denials = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationErrorException",
  "UnauthorizedOperation",
]);

/**
 * No way from here to AWS: the SST CLI may have one, by a proxy that AWS's SDK for Node does not take, or
 * whose certificate only the machine's own store has.
 */
const unreachable =
  /^(?:EAI_|ECONN|EHOST|ENETUNREACH|ENOTFOUND|EPIPE|EPROTO|ETIMEDOUT|TimeoutError|CERT_|DEPTH_ZERO_|ERR_TLS_|SELF_SIGNED_|UNABLE_TO_)/;

const withCode = z.object({ code: z.string() });

/** Asks; where the operator may not, or AWS cannot be reached, says what is not known, and goes on. */
export async function ask(about: string, question: () => Promise<Findings>): Promise<Findings> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = withCode.safeParse(error).data?.code ?? error.name;
    if (denials.has(error.name)) return notKnown(about, deniedCall(error.message));
    if (!unreachable.test(code)) throw error;
    return notKnown(about, messageOf(error));
  }
}

/** The rest of AWS's text names who asked, which in a log of a pipeline can be an e-mail address. */
function deniedCall(message: string): string {
  const [, action = "this"] = /perform: ([\w-]+:\w+)/.exec(message) ?? [];
  return `Your credentials do not allow ${action}`;
}

const notKnown = (about: string, why: string): Findings => ({
  refusals: [],
  remarks: [`Not known: ${about}. ${why.replace(/\.?$/, ".")}`],
});
