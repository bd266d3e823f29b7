/**
 * A file of profiles as AWS's SDK of Go reads it, with which the SST CLI is written: names of settings in
 * any case, a colon for `=`, comments behind anything (recorded: internal/ini of aws-sdk-go-v2).
 */
import fs from "node:fs";

/** Settings by the name of their section, in the form of the SDK's `loadSharedConfigFiles`. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** The sections of a file; none if it cannot be read. */
export function sectionsAsGo(file: string): Sections {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  let above = "";
  for (const line of linesOf(file)) {
    const text = line.replace(/[#;].*/, "").trimEnd();
    const [, header] = /^\[(.*)\]$/.exec(text) ?? [];
    const [, indent, name = "", value = ""] = /^(\s*)([^=:]+?)\s*[=:]\s*(.*)$/.exec(text) ?? [];
    if (header !== undefined) section = sections[sectionName(header)] ??= {};
    else if (indent === "") section[(above = name.toLowerCase())] = value;
    else if (indent !== undefined) section[`${above}.${name.toLowerCase()}`] = value;
  }
  return sections;
}

function linesOf(file: string): string[] {
  const isFile = fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? fs.readFileSync(file, "utf8").split(/\r?\n/) : [];
}

const sectionName = (header: string) =>
  header
    .trim()
    .replace(/^profile\s+/, "")
    .replace(/^services\s+/, "services.");
