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

/** No way from here to AWS: the SST CLI may have one, by a proxy that AWS's SDK for Node does not take. */
const unreachable = /^(?:EAI_|ECONN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT|TimeoutError)/;

/** Asks; where the operator may not, or AWS cannot be reached, says what is not known, and goes on. */
export async function ask(about: string, question: () => Promise<Findings>): Promise<Findings> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code = error.name } = z.object({ code: z.string() }).partial().parse(error);
    if (!denials.has(error.name) && !unreachable.test(code)) throw error;
    return {
      refusals: [],
      remarks: [`Not known: ${about}. ${messageOf(error).replace(/\.?$/, ".")}`],
    };
  }
}
