/** `pulumi up` and `pulumi destroy`: what the SST CLI runs to deploy and to remove. */
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { messageOf } from "../errors/error-message.ts";
import { stayLocal } from "../processes/stay-local.ts";
import { parseStackName, writeCheckpoint } from "./checkpoint.ts";
import { connectToCloud } from "./cloud-client.ts";
import { openEventLog } from "./event-log.ts";
import { runProgram } from "./program.ts";

const optionsSchema = z.object({
  stack: z.string(),
  "event-log": z.string(),
  config: z.array(z.string()).default([]),
});

/** Applies the program's resources, or removes them all; the exit code. */
export async function update(action: "up" | "destroy", args: string[]): Promise<number> {
  // SST's program changes the working folder: everything relative is resolved before it runs.
  const folder = process.cwd();
  const { values } = parseArgs({
    args,
    strict: false, // the CLI passes many more options, none of which changes what is applied
    options: {
      stack: { type: "string" },
      "event-log": { type: "string" },
      config: { type: "string", multiple: true },
    },
  });
  const options = optionsSchema.parse(values);
  const events = openEventLog(path.resolve(options["event-log"]));
  const fail = (error: unknown) => {
    events.failed(messageOf(error));
    process.exit(1);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  process.on("SIGINT", () => process.exit(130));

  stayLocal();
  const cloud = connectToCloud(process.env);
  const { app, stage } = parseStackName(options.stack);
  await cloud.begin(stage);
  const resources =
    action === "up"
      ? await runProgram({
          bundle: bundleOf(folder),
          folder,
          app,
          stage,
          config: options.config,
          cloud,
          events,
        })
      : [];
  const { removed } = await (action === "up" ? cloud.complete() : cloud.destroy());
  for (const { urn, type } of removed) {
    events.began(urn, type, "delete");
    events.ended(urn, type, "delete");
  }
  writeCheckpoint(folder, options.stack, resources);
  events.summary();
  return 0;
}

/** The program: `main` of the Pulumi.yaml that the CLI wrote, three lines without a parser. */
function bundleOf(folder: string): string {
  const yaml = fs.readFileSync(path.join(folder, "Pulumi.yaml"), "utf8");
  const main = /^main: (.+)$/m.exec(yaml)?.[1];
  if (main === undefined) throw new Error("The SST CLI named no program in Pulumi.yaml.");
  return main;
}
