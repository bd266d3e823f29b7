/** Just enough HTTP/1.1 for the harness: messages whose length is declared, over connections kept open. */
import type { Readable } from "node:stream";

/** A request or a response: its first line with the headers, and its body. */
export interface HttpMessage {
  readonly head: string;
  readonly body: string;
}

/** Calls `onMessage` for each whole message that arrives on a connection. */
export function readMessages(
  connection: Readable,
  onMessage: (message: HttpMessage) => void,
): void {
  let rest: Buffer = Buffer.alloc(0);
  connection.on("data", (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const headEnd = rest.indexOf("\r\n\r\n");
      if (headEnd < 0) return;
      const head = rest.toString("latin1", 0, headEnd);
      const end = headEnd + 4 + Number(headerOf(head, "content-length") ?? 0);
      if (rest.length < end) return;
      const body = rest.toString("utf8", headEnd + 4, end);
      rest = rest.subarray(end);
      onMessage({ head, body });
    }
  });
}

/** A message as text; `firstLine` is a request's or a status line without its line break. */
export function writeMessage(
  firstLine: string,
  headers: Readonly<Record<string, string | number>>,
  body: string,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${firstLine}\r\n${lines.join("")}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The value of a header; `name` is in lower case. */
export function headerOf(head: string, name: string): string | undefined {
  const start = head.toLowerCase().indexOf(`\r\n${name}:`);
  if (start < 0) return undefined;
  const end = head.indexOf("\r\n", start + 2);
  return head.slice(start + name.length + 3, end < 0 ? undefined : end).trim();
}
