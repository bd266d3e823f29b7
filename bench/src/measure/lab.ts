/** What a measurement of functions needs: candidates, tokens, AWS stubs, and how to start a process. */
import { startSandbox, type Sandbox } from "../harness/sandbox.ts";
import type { AwsStub } from "../harness/aws-stub.ts";
import type { Candidate } from "../candidates.ts";

/** The things that stand ready. */
export interface Lab {
  readonly candidates: readonly Candidate[];
  readonly tokens: readonly string[];
  readonly bootstrap: string;
  /** The function's own variables, with keys that the harness has. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** Over TLS, for cold starts, with the file of the authority to trust; over plain HTTP, for warm requests. */
  readonly secure: AwsStub;
  readonly authorityFile: string;
  readonly plain: AwsStub;
}

/** Starts a candidate against one of the stubs. */
export function startCandidate(
  lab: Lab,
  { folder, handler }: Candidate,
  { stub, loops }: { stub: AwsStub; loops: number },
): Promise<Sandbox> {
  return startSandbox({
    bootstrap: lab.bootstrap,
    folder,
    handler,
    memoryMb: lab.memoryMb,
    loops,
    environment: {
      ...lab.environment,
      HOME: folder,
      TZ: ":UTC",
      LANG: "en_US.UTF-8",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      AWS_SESSION_TOKEN: "bench",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: stub.url,
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      AWS_LAMBDA_FUNCTION_NAME: "bench",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_FORMAT: "JSON",
      ...(stub === lab.secure ? { NODE_EXTRA_CA_CERTS: lab.authorityFile } : {}),
    },
  });
}
