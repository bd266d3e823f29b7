/** The requests of the local cloud, as they come. */
import * as z from "zod/mini";
import { useRef } from "hono/jsx/dom";
import { get, listen, messageOf, type StreamEvent } from "../api.ts";
import { useEffect, useState } from "../hooks.ts";
import { useVisible } from "../use-visible.ts";
import { MOST, withRequests } from "./newest-requests.ts";
import { requestSummary, type RequestSummary } from "./request.ts";

const RETRY_MS = 1_000;

/** A flood of which some were missed is over when nothing more is missed for so long. */
const CALM_MS = 1_000;

const listSchema = z.object({
  requests: z.array(requestSummary),
  next: z.nullable(z.int()),
});

interface Requests {
  /** Newest first; undefined while nothing is known of them. */
  readonly list: readonly RequestSummary[] | undefined;
  /** Why none come; undefined while they do. */
  readonly problem: string | undefined;
}

/** As many as are kept, page by page. */
async function readList(signal: AbortSignal): Promise<RequestSummary[]> {
  const read: RequestSummary[] = [];
  for (let before = ""; read.length < MOST;) {
    const { requests, next } = await get(`/requests?limit=200${before}`, listSchema, signal);
    read.push(...requests);
    if (next === null) break;
    before = `&before=${next}`;
  }
  return read;
}

/** The requests; while it is paused, those that come are kept back, and while it is not seen, none is read. */
export function useRequests(isPaused: boolean): Requests {
  const [list, setList] = useState<readonly RequestSummary[] | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const isVisible = useVisible();
  const kept = useRef<readonly RequestSummary[]>([]);
  const paused = useRef(isPaused);

  useEffect(() => {
    if (!isVisible) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // What comes in several parts is drawn together.
    const draw = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        if (!paused.current) setList(kept.current);
      });
    };
    const keep = (requests: readonly RequestSummary[]) => {
      kept.current = withRequests(kept.current, requests);
      draw();
    };
    const fail = (error: unknown) => {
      if (!signal.aborted) setProblem(messageOf(error));
    };
    const read = async () => {
      keep(await readList(signal));
      setProblem(undefined);
    };
    const onEvents = (events: readonly StreamEvent[]) => {
      const requests = events.filter(({ type }) => type === "request");
      if (requests.length > 0) keep(requests.map(({ data }) => z.parse(requestSummary, data)));
      // What came before, and between two streams.
      if (events.some(({ type }) => type === "open")) void read().catch(fail);
      if (events.some(({ type }) => type === "gap")) {
        clearTimeout(timer);
        timer = setTimeout(() => void read().catch(fail), CALM_MS);
      }
    };
    const keepFollowing = async () => {
      while (!signal.aborted) {
        await listen("/requests/stream", onEvents, signal).catch(fail);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    };
    void keepFollowing();
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [isVisible]);

  useEffect(() => {
    const wasPaused = paused.current;
    paused.current = isPaused;
    if (wasPaused && !isPaused) setList(kept.current);
  }, [isPaused]);

  return { list, problem };
}
