/** Stands for an editor's debugger, which `--require`s itself into every process: notes SST's workers. */
import fs from "node:fs";

// An editor names in it where its debugger is reached; here it is the file that takes the notes.
const { VSCODE_INSPECTOR_OPTIONS: notes } = process.env;
const [, script = "", handler = ""] = process.argv;
if (notes !== undefined && script.endsWith("nodejs-runtime/index.js")) {
  fs.appendFileSync(notes, `${handler}\n`);
}
