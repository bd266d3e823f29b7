/** Values that several commands have. */
import { parseWith } from "@secure-lambda/local/command-line";
import * as z from "zod";

/** Parses an e-mail address. */
export const parseEmail = parseWith(z.email("Expected an e-mail address."));

/** Parses a text that is not empty. */
export const parseText = parseWith(z.string().min(1, "Expected a text that is not empty."));
