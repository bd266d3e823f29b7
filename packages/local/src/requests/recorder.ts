/**
 * Records each request with its steps. A step belongs to the request in whose asynchronous context it is
 * reported (Node's AsyncLocalStorage): that goes with it through the gateway, a function's invocation, a
 * topic and its subscribers. A function's calls of AWS are found by the session token of its environment.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { bytesOfMessage, keepMessage, type Message } from "./message.ts";
import type { RecordedResponse, RecordedStep, RequestHead, RequestRecord } from "./record.ts";
import { bounds, createRequestStore } from "./store.ts";
import type { ReportStep } from "./step.ts";

/** What came of a request. */
export interface Served {
  readonly response: Response;
  /** As much of it as was read. */
  readonly requestBody: Uint8Array;
  readonly route: string | undefined;
}

interface Entry extends RequestHead {
  readonly sequence: number;
  /** `performance.now()` at the request's start. */
  readonly origin: number;
  readonly steps: RecordedStep[];
  request: Message;
  response: RecordedResponse | undefined;
  route: string | undefined;
  droppedSteps: number;
  replayOf: string | undefined;
}

/** The requests of one local cloud. */
export type RequestRecorder = ReturnType<typeof createRequestRecorder>;

/** Creates a recorder that has seen nothing. */
export function createRequestRecorder() {
  const current = new AsyncLocalStorage<Entry | undefined>();
  const byToken = new Map<string, Entry | undefined>();
  const store = createRequestStore<Entry>();
  const listeners = new Set<(record: RequestRecord) => void>();
  let sequence = 0;

  function announce(entry: Entry): void {
    for (const listener of listeners) listener(entry);
  }

  function begin(head: RequestHead, headers: Message["headers"]): Entry {
    sequence += 1;
    const entry: Entry = {
      ...head,
      sequence,
      origin: performance.now(),
      steps: [],
      request: keepMessage(headers, Buffer.alloc(0)),
      response: undefined,
      route: undefined,
      droppedSteps: 0,
      replayOf: undefined,
    };
    store.add(entry.id, entry, 1000 + 2 * head.target.length + bytesOfMessage(entry.request));
    return entry;
  }

  /** After the response was handed on, so that the caller does not wait for it. */
  async function end(entry: Entry, served: Served, copy: Response): Promise<void> {
    const durationMs = performance.now() - entry.origin;
    const { status, headers } = copy;
    const body = await copy.bytes().catch(() => new Uint8Array());
    entry.route = served.route;
    entry.request = keepMessage(entry.request.headers, served.requestBody);
    entry.response = { ...keepMessage([...headers], body), status, durationMs };
    store.grow(entry.id, entry.request.body.byteLength + bytesOfMessage(entry.response));
    announce(entry);
  }

  /** Serves a request; what is reported meanwhile, or because of it, becomes its steps. */
  function record(
    head: RequestHead,
    headers: Message["headers"],
    serve: () => Promise<Served>,
  ): Promise<Response> {
    const entry = begin(head, headers);
    return current.run(entry, async () => {
      const served = await serve();
      void end(entry, served, served.response.clone());
      return served.response;
    });
  }

  const report: ReportStep = ({ startedAt, ...step }) => {
    const entry = current.getStore();
    if (entry === undefined) return;
    if (entry.steps.length === bounds.mostSteps) {
      entry.droppedSteps += 1;
      return;
    }
    const durationMs = performance.now() - startedAt;
    entry.steps.push({ ...step, startMs: startedAt - entry.origin, durationMs });
    store.grow(entry.id, 500 + 2 * JSON.stringify(step).length);
    if (entry.response !== undefined) announce(entry);
  };

  return {
    record,
    report,
    /** Calls with this session token belong to the current request, or to none, from now on. */
    attach: (sessionToken: string): void => void byToken.set(sessionToken, current.getStore()),
    detach: (sessionToken: string): void => void byToken.delete(sessionToken),
    /** Runs something in the context of the request to which the session token is attached. */
    resume: <T>(sessionToken: string | null, run: () => T): T =>
      current.run(byToken.get(sessionToken ?? ""), run),
    /** Notes that a request repeats another. */
    markReplay(id: string, replayOf: string): void {
      const entry = store.find(id);
      if (entry !== undefined) entry.replayOf = replayOf;
    },
    find: (id: string): RequestRecord | undefined => store.find(id),
    newestFirst: (): RequestRecord[] => store.newestFirst(),
    /** Calls `listener`, which must not throw, with each request at its response and at every later step. */
    subscribe(listener: (record: RequestRecord) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
