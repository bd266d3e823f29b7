/** The command line of the local cloud. */
import { Option } from "@commander-js/extra-typings";
import * as z from "zod";
import { defaultSpeed } from "../services/cloudwatch/minutes.ts";
import { createCommand, parseWith } from "./command.ts";

/** A port to listen on, as a text; 0 takes a free one. */
export const portNumber = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, "Expected a number.")
  .transform(Number)
  .pipe(
    z
      .int("Expected a whole number.")
      .min(0, "Expected 0 to 65535.")
      .max(65_535, "Expected 0 to 65535."),
  );

/** Where a local cloud listens by default. */
export const defaultPorts = { api: 3000, aws: 4566 } as const;

/** The bounds keep a minute between 0.1 s and 100 min. */
const speedRange = "Expected 0.01 to 600.";

const speed = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, "Expected a number.")
  .transform(Number)
  .pipe(z.number().min(0.01, speedRange).max(600, speedRange));

const anyStage = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, "Expected letters, digits and hyphens, a letter first.");

/** What an app says of the command. */
export interface CommandTexts {
  /** How the command is called. */
  readonly name: string;
  /** What it does, for its help. */
  readonly description?: string;
  /** Whether it always runs `sst dev`; its help leaves out `--dev` and `--watch`. */
  readonly alwaysDev?: boolean;
  /** Which stages can be deployed; every name that SST accepts by default. */
  readonly stageSchema?: z.ZodType<string, string>;
}

/** The command, without its action. */
export function createLocalCloudCommand({
  name,
  description = "Starts a local cloud on 127.0.0.1 and deploys the SST app in this folder to it.",
  alwaysDev = false,
  stageSchema = anyStage,
}: CommandTexts) {
  return createCommand(name, description)
    .option(
      "--port <n>",
      "port of the API; 0 takes a free one",
      parseWith(portNumber),
      defaultPorts.api,
    )
    .option(
      "--aws-port <n>",
      "port of the AWS endpoint; 0 takes a free one",
      parseWith(portNumber),
      defaultPorts.aws,
    )
    .option(
      "--json",
      "print the ready line as one JSON object and logs unformatted; everything else goes to standard error",
    )
    .addOption(
      new Option(
        "--dev",
        'run "sst dev" instead of "sst deploy": functions run from their sources',
      ).hideHelp(alwaysDev),
    )
    .addOption(
      new Option("--watch", "deploy again when a source file is saved").hideHelp(alwaysDev),
    )
    .option("--inspect", "let a debugger attach to functions; their timeouts are off")
    .option(
      "--speed <n>",
      "how many minutes of AWS pass in one here, for metrics, alarms and retries of events; 1 as on AWS",
      parseWith(speed),
      defaultSpeed,
    )
    .option("--open", "open the console in the browser when it is ready")
    .option("--verbose", "list every limitation of the local cloud")
    .option("--stage <name>", "stage to deploy", parseWith(stageSchema), "local")
    .option("--project <folder>", "folder of sst.config.ts", ".");
}

/** What the command line sets. */
export type CliOptions = Readonly<ReturnType<ReturnType<typeof createLocalCloudCommand>["opts"]>>;

/** What is wrong with options that are valid one by one; undefined if nothing is. */
export function findConflict({ watch, dev, port, awsPort }: CliOptions): string | undefined {
  if (watch && dev) {
    return "option '--watch' cannot be used with sst dev, which watches the sources by itself.";
  }
  if (awsPort !== 0 && awsPort === port) {
    return `options '--port' and '--aws-port' are both ${awsPort}. Each needs its own port.`;
  }
  return undefined;
}
