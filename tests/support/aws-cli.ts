/** The AWS CLI, version 2, as an operator has it. */
import path from "node:path";
import type * as z from "zod";
import { findOnPath } from "../../scripts/support/on-path.ts";
import { run } from "../../packages/local/test/support/command.ts";

/** A version 2 of the AWS CLI on this machine, which knows nothing but one endpoint. */
export interface AwsCli {
  /** A command as it is typed; what holds spaces stands in `more`. */
  command(line: string, more?: readonly string[]): readonly [string, ...string[]];
  /** What a command runs with. */
  environment(caller?: string): NodeJS.ProcessEnv;
  /** Runs a command to its end. */
  type(line: string, more?: readonly string[], caller?: string): ReturnType<typeof run>;
  /** What a command prints, parsed. @throws Error when it fails */
  aws<Schema extends z.ZodType>(
    schema: Schema,
    line: string,
    more?: readonly string[],
    caller?: string,
  ): Promise<z.output<Schema>>;
}

interface AwsCliOptions {
  /** The home directory of commands. */
  readonly home: string;
  /** The endpoint; asked for each command. */
  readonly awsUrl: () => string;
}

/** Finds the CLI. @throws Error when there is none */
export async function openAwsCli({ home, awsUrl }: AwsCliOptions): Promise<AwsCli> {
  const environment = (caller?: string) => environmentAt(home, caller);
  const cli = await findCli(environment());

  const command = (line: string, more: readonly string[] = []): readonly [string, ...string[]] => [
    cli,
    "--endpoint-url",
    awsUrl(),
    ...line.split(" "),
    ...more,
  ];

  const type = (line: string, more?: readonly string[], caller?: string) =>
    run(command(line, more), { env: environment(caller) });

  async function aws<Schema extends z.ZodType>(
    schema: Schema,
    line: string,
    more?: readonly string[],
    caller?: string,
  ): Promise<z.output<Schema>> {
    const { code, stdout, stderr } = await type(line, more, caller);
    if (code !== 0) throw new Error(`aws ${line}: ${stderr}`);
    return schema.parse(JSON.parse(stdout));
  }

  return { command, environment, type, aws };
}

/** The first `aws` on the path that is version 2: 1 has no `logs tail`. */
async function findCli(env: NodeJS.ProcessEnv): Promise<string> {
  for (const file of new Set(findOnPath(["aws"], process.env["PATH"]))) {
    const { stdout } = await run([file, "--version"], { env });
    if (stdout.startsWith("aws-cli/2")) return file;
  }
  throw new Error(
    "There is no AWS CLI version 2 on the PATH. Install it (Debian: apt-get install awscli; " +
      "others: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html).",
  );
}

/** Nothing of the machine's own configuration, and a proxy that leads nowhere but to this machine. */
function environmentAt(home: string, caller = "operator"): NodeJS.ProcessEnv {
  const nowhere = "http://127.0.0.1:9";
  return {
    PATH: process.env["PATH"],
    HOME: home,
    LANG: "C.UTF-8",
    AWS_CONFIG_FILE: path.join(home, "no-config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(home, "no-credentials"),
    AWS_ACCESS_KEY_ID: caller,
    AWS_SECRET_ACCESS_KEY: "any",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    // Else `logs tail` keeps back what it prints to anything but a terminal.
    PYTHONUNBUFFERED: "1",
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: "127.0.0.1",
  };
}
