/** One request in detail, read again as it goes on. */
import { useRef } from "hono/jsx/dom";
import { get, messageOf } from "../api.ts";
import { useEffect, useState } from "../hooks.ts";
import { requestDetail, type RequestDetails, type RequestSummary } from "./request.ts";

/** Its later steps come one by one. */
const SELECTED_EVERY_MS = 250;

/** In a flood, another request is the newest at each moment. */
const NEWEST_EVERY_MS = 2_000;

interface Found {
  readonly request: RequestDetails | undefined;
  readonly problem: string | undefined;
}

const nothing: Found = { request: undefined, problem: undefined };

/** The request with that id; `summary` is another object whenever there is more to read, and it is selected or just the newest. */
export function useRequest(
  id: string | undefined,
  isRevealed: boolean,
  summary: RequestSummary | undefined,
  isSelected: boolean,
): Found {
  const [found, setFound] = useState(nothing);
  const readAt = useRef(0);

  useEffect(() => {
    if (id === undefined) return undefined;
    const ending = new AbortController();
    const read = async () => {
      readAt.current = Date.now();
      const path = `/requests/${encodeURIComponent(id)}?reveal=${isRevealed}`;
      try {
        const request = await get(path, requestDetail, ending.signal);
        setFound({ request, problem: undefined });
      } catch (error) {
        if (!ending.signal.aborted) setFound({ request: undefined, problem: messageOf(error) });
      }
    };
    const everyMs = isSelected ? SELECTED_EVERY_MS : NEWEST_EVERY_MS;
    const waitMs = Math.max(0, readAt.current + everyMs - Date.now());
    const timer = setTimeout(() => void read(), waitMs);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [id, isRevealed, summary, isSelected]);

  return id === undefined ? nothing : found;
}
