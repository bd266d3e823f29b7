/** Renders a request for a terminal: its status, what it was, and where it ended. */
import { escapeForTerminal } from "../text/escape.ts";
import type { RenderOptions, Style } from "./line-head.ts";

/** A request that has ended. */
export interface RequestLine {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  /** As what it was served, or which layer stopped it and why. */
  readonly end: string;
  /** In milliseconds. */
  readonly latencyMs: number | undefined;
  readonly requestId: string | undefined;
}

/** Enough of a request id to find its lines by. */
const ID_LENGTH = 8;

/** `request 8d344d59` */
export const idOfRequest = (id: string) => `request ${id.slice(0, ID_LENGTH)}`;

/** `200 POST /lambda1 → greeted 41 ms request 8d344d59`: nothing in it moves the terminal. */
export function renderRequestLine(
  { status, method, path, end, latencyMs, requestId }: RequestLine,
  paint: RenderOptions["style"],
): string {
  const parts = [
    String(status),
    method,
    path,
    ...(end === "" ? [] : [status < 400 ? "→" : "✗", end]),
    ...(latencyMs === undefined ? [] : [`${String(latencyMs)} ms`]),
    ...(requestId === undefined ? [] : [idOfRequest(requestId)]),
  ];
  return paint(styleOfStatus(status), escapeForTerminal(parts.join(" ")));
}

function styleOfStatus(status: number): Style {
  if (status >= 500) return "red";
  return status >= 400 ? "yellow" : "dim";
}
