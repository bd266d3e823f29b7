/** Values of options that several commands have. */
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { parseWith } from "@secure-lambda/local/command-line";
import * as z from "zod";

const email = z.email("Expected an e-mail address.");

/** Parses an e-mail address that an option takes. */
export const parseEmail = parseWith(email);

/** Parses a command's argument; Commander's own error would name it in internal terms. */
export const parseEmailArgument = (command: CommandUnknownOpts) => (value: string) =>
  email.safeParse(value).data ?? command.error(`error: '${value}' is not an e-mail address`);

/** Parses a text that is not empty. */
export const parseText = parseWith(z.string().min(1, "Expected a text that is not empty."));
