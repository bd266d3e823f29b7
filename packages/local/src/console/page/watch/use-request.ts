/** One request in detail, read again as it goes on. */
import { useEffect, useRef, useState } from "hono/jsx/dom";
import { get, messageOf } from "../api.ts";
import { requestDetail, type RequestDetails, type RequestSummary } from "./request.ts";

/** Its later steps come one by one, and in a flood another request is the newest at each moment. */
const AT_MOST_EVERY_MS = 250;

interface Found {
  readonly request: RequestDetails | undefined;
  readonly problem: string | undefined;
}

/** The request with that id; `summary` is another object whenever there is more to read. */
export function useRequest(
  id: string | undefined,
  isRevealed: boolean,
  summary: RequestSummary | undefined,
): Found {
  const [found, setFound] = useState<Found>({ request: undefined, problem: undefined });
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
    const timer = setTimeout(
      () => void read(),
      Math.max(0, readAt.current + AT_MOST_EVERY_MS - Date.now()),
    );
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [id, isRevealed, summary]);

  return found;
}
