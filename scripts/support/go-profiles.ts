/**
 * A file of profiles as AWS's SDK of Go reads it, with which the SST CLI is written: names of settings in
 * any case, a colon for `=`, comments behind anything (recorded: internal/ini of aws-sdk-go-v2).
 */
import { textOf } from "./text-of.ts";

/** Settings by the name of their section, in the form of the SDK's `loadSharedConfigFiles`. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** The sections of a file; none if there is no such file. */
export function sectionsAsGo(file: string): Sections {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  let above = "";
  for (const line of textOf(file).split(/\r?\n/)) {
    const text = line.replace(/[#;].*/, "").trimEnd();
    const [, header] = /^\[(.*)\]$/.exec(text) ?? [];
    const [, indent, name = "", value = ""] = /^(\s*)([^=:]+?)\s*[=:]\s*(.*)$/.exec(text) ?? [];
    if (header !== undefined) section = sections[sectionName(header)] ??= {};
    else if (indent === "") section[(above = name.toLowerCase())] = value;
    else if (indent !== undefined) section[`${above}.${name.toLowerCase()}`] = value;
  }
  return sections;
}

const sectionName = (header: string) =>
  header
    .trim()
    .replace(/^profile\s+/, "")
    .replace(/^services\s+/, "services.");
