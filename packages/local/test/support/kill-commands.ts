/** Test setup: commands that a failed test has left end with its file. */
import { afterAll } from "vitest";
import { killCommands } from "./command.ts";

afterAll(killCommands);
