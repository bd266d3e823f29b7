#!/usr/bin/env node
/** The command `local-cloud`: any SST app, deployed to this machine. */
import { runLocalCloud } from "./run.ts";

await runLocalCloud({ args: process.argv.slice(2), name: "local-cloud" });
