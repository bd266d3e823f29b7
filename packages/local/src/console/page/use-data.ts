/** What the API has at a path, read again and again while a view shows it. */
import type * as z from "zod/mini";
import { useCallback } from "hono/jsx/dom";
import { get, messageOf } from "./api.ts";
import { useEffect, useState } from "./hooks.ts";

const EVERY_MS = 2_000;

interface Data<T> {
  readonly data: T | undefined;
  readonly problem: string | undefined;
  /** Reads it at once. */
  readonly refresh: () => void;
}

/**
 * A list in the data; undefined while nothing is known of it. After an error that is so of a list that was empty:
 * whether it still is cannot be said.
 */
export function listIn<T, Item>(
  { data, problem }: Pick<Data<T>, "data" | "problem">,
  pick: (data: T) => readonly Item[],
): readonly Item[] | undefined {
  const list = data === undefined ? undefined : pick(data);
  return problem !== undefined && list?.length === 0 ? undefined : list;
}

/** The data of a path; `schema` is the same object at each call. */
export function useData<T>(path: string, schema: z.core.$ZodType<T>): Data<T> {
  const [state, setState] = useState<Omit<Data<T>, "refresh">>({
    data: undefined,
    problem: undefined,
  });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const ending = new AbortController();
    let isReading = false;
    const read = async () => {
      isReading = true;
      try {
        setState({ data: await get(path, schema, ending.signal), problem: undefined });
      } catch (error) {
        if (!ending.signal.aborted) setState(({ data }) => ({ data, problem: messageOf(error) }));
      }
      isReading = false;
    };
    void read();
    const timer = setInterval(() => {
      if (!document.hidden && !isReading) void read();
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      ending.abort();
    };
  }, [path, schema, turn]);

  return { ...state, refresh: useCallback(() => setTurn((before) => before + 1), []) };
}
