/** The requests of the local cloud, as they come. */
import * as z from "zod/mini";
import { useEffect, useRef, useState } from "hono/jsx/dom";
import { get, listen, messageOf } from "../api.ts";
import { requestSummary, type RequestSummary } from "./request.ts";

/** As many as the local cloud keeps. */
const MOST = 1_000;

const RETRY_MS = 1_000;

const listSchema = z.object({ requests: z.array(requestSummary) });

interface Requests {
  /** Newest first. */
  readonly list: readonly RequestSummary[];
  /** Why none come; undefined while they do. */
  readonly problem: string | undefined;
}

/** By their times first: a local cloud that was started again counts from 1. */
const newestFirst = (one: RequestSummary, other: RequestSummary) =>
  Date.parse(other.startedAt) - Date.parse(one.startedAt) || other.sequence - one.sequence;

/** The requests; while it is paused, those that come are kept back. */
export function useRequests(isPaused: boolean): Requests {
  const [list, setList] = useState<readonly RequestSummary[]>([]);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const paused = useRef(isPaused);
  const draw = useRef(() => {});

  useEffect(() => {
    const known = new Map<string, RequestSummary>();
    const ending = new AbortController();
    const { signal } = ending;
    let frame = 0;
    // Many come in one frame of a flood: they are drawn together.
    draw.current = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        if (!paused.current) setList([...known.values()].toSorted(newestFirst));
      });
    };
    const keep = (request: RequestSummary) => {
      known.set(request.id, request);
      if (known.size > MOST) known.delete(known.keys().next().value ?? "");
      draw.current();
    };
    const fail = (error: unknown) => {
      if (!signal.aborted) setProblem(messageOf(error));
    };
    const read = async () => {
      const { requests } = await get("/requests?limit=200", listSchema, signal);
      for (const request of requests.toReversed()) keep(request);
      setProblem(undefined);
    };
    const onEvent = (type: string, data: unknown) => {
      if (type === "request") keep(z.parse(requestSummary, data));
      // Also what came before, and between two streams.
      if (type === "open" || type === "gap") void read().catch(fail);
    };
    const keepFollowing = async () => {
      while (!signal.aborted) {
        await listen("/requests/stream", onEvent, signal).catch(fail);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    };
    void keepFollowing();
    return () => ending.abort();
  }, []);

  useEffect(() => {
    paused.current = isPaused;
    draw.current();
  }, [isPaused]);

  return { list, problem };
}
