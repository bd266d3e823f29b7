/** `npm run logs`: what a stage has logged, by request or function, and as it comes. */
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  accessLogStream,
  callLoopbackDirectly,
  closedOutputSignal,
  createCommand,
  createTerminal,
  interruptSignal,
  parseWith,
  renderLogEvent,
  runCommand,
  type Terminal,
  UsageError,
} from "@secure-lambda/local/command-line";
import * as z from "zod";
import { namesOf } from "../stacks/settings/names.ts";
import { findLogGroups, type LogGroup } from "./logs/groups.ts";
import { followLines, readLines, type LogLine } from "./logs/read.ts";
import { parseSince } from "./logs/since.ts";
import { CommandError } from "./support/command-error.ts";
import { explain } from "./support/explain.ts";
import { isMain } from "./support/is-main.ts";
import { parseText } from "./support/parse-text.ts";
import { servedAs } from "./support/served-as.ts";
import { readStageOutputs } from "./support/stage-outputs.ts";
import { awsPortOption, findStage, stageOption, type DeployedStage } from "./support/target.ts";

const pauseMs = 1_000;
const tenMinutes = 600_000;
const oneDay = 86_400_000;

const parseRequestId = parseWith(
  z
    .string()
    .regex(
      /^[\da-f-]{8,36}$/,
      "Expected a request's id, or its first 8 characters or more: requestId in an error's body, x-amzn-RequestId in a response.",
    ),
);

/** The command. */
export const command = createCommand(
  "npm run logs --",
  "Shows what a stage has logged: the API's requests, both functions, the firewall, deliveries that failed, and sign-ins where they are logged.",
)
  .option("--follow", "go on with what comes, until Ctrl-C")
  .option("--request <id>", "only the lines of a request", parseRequestId)
  .option("--function <name>", "only the lines of a function, such as InternalLambda", parseText)
  .option("--since <time>", "how far back (default: 10m; with --request, 1d)", parseSince)
  .addOption(stageOption)
  .addOption(awsPortOption)
  .addHelpText("after", "\nThe exit code is 1 if no line has the request's id.")
  .action(async ({ follow = false, request, function: lambda, since, ...options }) => {
    callLoopbackDirectly();
    const deployed = await findStage(options);
    const client = new CloudWatchLogsClient({ ...deployed.aws });
    const all = await findLogGroups(client, deployed, await apiIdOf(deployed));
    const groups = lambda === undefined ? all : groupsOf(all, lambda);
    const start = since ?? Date.now() - (request === undefined ? tenMinutes : oneDay);
    const query = { groups, since: start, requestId: request };
    const terminal = createTerminal(process.stdout);
    const show = (line: LogLine) => showLine(terminal, deployed.stage, line);
    if (follow) {
      const ended = "Ended.";
      const signal = AbortSignal.any([interruptSignal(ended), closedOutputSignal(ended)]);
      for await (const line of followLines(client, query, signal, pauseMs)) show(line);
      return;
    }
    const lines = await readLines(client, query);
    for (const line of lines) show(line);
    if (lines.length > 0) return;
    const from = `since ${new Date(start).toISOString()}`;
    if (request === undefined)
      terminal.line(`Nothing was logged ${from}. Look further back with --since.`);
    else
      throw new CommandError(
        `No line ${from} has request ${request}. Look further back with --since.`,
      );
  });

/** The API's id is part of the name of its execution log: https://ID.execute-api.… */
async function apiIdOf(deployed: DeployedStage): Promise<string | undefined> {
  const { apiUrl } = await readStageOutputs(deployed);
  return z.string().safeParse(apiUrl).data?.split(/[/.]/)[2];
}

/** @throws UsageError naming the functions that there are */
function groupsOf(all: readonly LogGroup[], lambda: string): readonly LogGroup[] {
  const found = all.filter((group) => group.lambda === lambda);
  if (found.length > 0) return found;
  const known = all.flatMap((group) => group.lambda ?? []).join(" or ");
  throw new UsageError(
    `option '--function <name>' argument '${lambda}' is invalid. Expected ${known}.`,
  );
}

/** A line as `npm start` shows it; some it does not show. */
function showLine(terminal: Terminal, stage: string, { group, message, ...line }: LogLine): void {
  const stream = group.kind === "access" ? accessLogStream : line.stream;
  const text = renderLogEvent(
    { group: group.name, stream, timestamp: line.timestamp, message },
    {
      prefix: `${namesOf(stage).app}-`,
      style: (style, part) => terminal.style(style, part),
      countsNetworks: (rule) => rule === "CountNetworks",
      servedAs,
    },
  );
  if (text !== undefined) terminal.line(text);
}

if (isMain(import.meta)) await runCommand(command, { explain });
