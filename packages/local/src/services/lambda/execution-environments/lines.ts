/** Splits a stream into lines. */
import type { Readable } from "node:stream";

/** The longest line in UTF-16 units; a longer one is split, so that memory stays bounded. */
const MAX_LINE = 1024 * 1024;

/** Calls `onLine` for every line of the stream, and for an unfinished one at its end. */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach((line) => onLine(line));
    for (; rest.length > MAX_LINE; rest = rest.slice(MAX_LINE)) onLine(rest.slice(0, MAX_LINE));
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
