/** The command line of the local cloud. */
import { parseArgs } from "node:util";
import * as z from "zod";
import { messageOf } from "../error-message.ts";

/** What the command line can set. */
export interface CliOptions {
  readonly project: string;
  readonly stage: string;
  readonly port: number;
  readonly awsPort: number;
  readonly json: boolean;
  /** Runs `sst dev` in place of `sst deploy`. */
  readonly dev: boolean;
  /** Deploys again when a source file is saved. */
  readonly watch: boolean;
  /** Lets a debugger attach to functions. */
  readonly inspect: boolean;
}

/** The command line cannot be understood; the message says what would be right. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The text that `--help` shows; `command` is how the local cloud is called. */
export const usage = (command: string) => `Usage: ${command} [options]

Starts a local cloud on 127.0.0.1 and deploys the SST app in this folder to it.

Options:
  --port N       port of the API (default 3000; 0 takes a free one)
  --aws-port N   port of the AWS endpoint (default 4566; 0 takes a free one)
  --json         print the ready line as one JSON object and logs as they are;
                 everything else goes to standard error
  --dev          run "sst dev" in place of "sst deploy": functions run from their sources
  --watch        deploy again when a source file is saved
  --inspect      let a debugger attach to functions; their timeouts do not hold
  --stage NAME   stage to deploy (default local)
  --project DIR  folder of sst.config.ts (default this one)
  --help         show this text
`;

const port = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, "expected a number")
  .transform(Number)
  .pipe(
    z
      .int("expected a whole number")
      .min(0, "expected 0 to 65535")
      .max(65_535, "expected 0 to 65535"),
  );

const optionsSchema = z.object({
  project: z.string().default("."),
  stage: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, "expected letters, digits and hyphens")
    .default("local"),
  port: port.default(3000),
  "aws-port": port.default(4566),
  json: z.boolean().default(false),
  dev: z.boolean().default(false),
  watch: z.boolean().default(false),
  inspect: z.boolean().default(false),
});

/** Parses the arguments; `undefined` when they ask for help. @throws UsageError */
export function parseOptions(args: readonly string[]): CliOptions | undefined {
  const values = parseValues([...args]);
  if (values.help === true) return undefined;
  const parsed = optionsSchema.safeParse(values);
  if (parsed.success) {
    const { "aws-port": awsPort, ...options } = parsed.data;
    if (options.watch && options.dev) {
      throw new UsageError("--watch and --dev do not go together: sst dev watches by itself.");
    }
    if (awsPort !== 0 && awsPort === options.port) {
      throw new UsageError(`--port and --aws-port are both ${awsPort}: each needs its own.`);
    }
    return { ...options, awsPort };
  }
  const [issue] = parsed.error.issues;
  const option = String(issue?.path[0]);
  throw new UsageError(
    `--${option} ${JSON.stringify(Reflect.get(values, option))}: ${issue?.message}.`,
  );
}

function parseValues(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        project: { type: "string" },
        stage: { type: "string" },
        port: { type: "string" },
        "aws-port": { type: "string" },
        json: { type: "boolean" },
        dev: { type: "boolean" },
        watch: { type: "boolean" },
        inspect: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (cause) {
    // Nothing here takes positional arguments, for which Node goes on with a tip.
    const problem = messageOf(cause).replace(/\.? To specify a positional argument.*$/s, "");
    throw new UsageError(problem.replace(/\.?$/, "."), { cause });
  }
}
