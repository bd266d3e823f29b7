/** Calls the console's API. */
import * as z from "zod/mini";
import { localPaths } from "../../local-paths.ts";

const { api: base } = localPaths;

/** The API refused a call, or did not answer it; the message is for the user. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** Of the response; undefined without one. */
  readonly status: number | undefined;

  constructor(message: string, { status, ...options }: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.status = status;
  }
}

/** The header that each call has; other origins cannot read it. */
let session: Promise<Readonly<Record<string, string>>> | undefined;

const sessionSchema = z.object({ header: z.string(), token: z.string() });

async function openSession(): Promise<Readonly<Record<string, string>>> {
  const response = await call("/session", {});
  const { header, token } = read(sessionSchema, parseJson(await response.text()));
  return { [header]: token };
}

/** Another local cloud, started after the session's ended, has another token: it is asked for once more. */
async function callInSession(path: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await callWithToken(path, init);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    session = undefined;
    return callWithToken(path, init);
  }
}

async function callWithToken(path: string, init: RequestInit): Promise<Response> {
  session ??= openSession().catch((error: unknown) => {
    session = undefined;
    throw error;
  });
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(await session)) headers.set(name, value);
  return call(path, { ...init, headers });
}

async function call(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`${base}${path}`, init).catch((error: unknown) => {
    throw new ApiError("The local cloud does not answer. Is it still running?", { cause: error });
  });
  if (response.ok) return response;
  const { status } = response;
  throw new ApiError(describeProblem(status, await response.text()), { status });
}

const problemSchema = z.object({
  detail: z.string(),
  errors: z._default(z.array(z.object({ field: z.string(), message: z.string() })), []),
});

function describeProblem(status: number, text: string): string {
  const { data } = problemSchema.safeParse(parseJson(text));
  if (data === undefined) return `The local cloud answered ${status}.`;
  if (data.errors.length === 0) return data.detail;
  return data.errors.map(({ field, message }) => `${nameOf(field)}: ${message}`).join(" ");
}

/** Of `body.password` the form's field is `password`. */
const nameOf = (field: string) => field.replace(/^(?:body|params|query)\./, "");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the API sent. @throws ApiError where this page does not know it */
function read<T>(schema: z.core.$ZodType<T>, value: unknown): T {
  const { data, error } = z.safeParse(schema, value);
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw new ApiError(
    `This page does not understand what the local cloud sent (${issue?.path.join(".")}: ${issue?.message}). Reload it.`,
    { cause: error },
  );
}

/** What the API has at a path. @throws ApiError */
export async function get<T>(
  path: string,
  schema: z.core.$ZodType<T>,
  signal?: AbortSignal,
): Promise<T> {
  const response = await callInSession(path, signal && { signal });
  return read(schema, parseJson(await response.text()));
}

/** Asks the API to do something, and gives its answer. @throws ApiError */
export async function send<T>(
  method: string,
  path: string,
  body: object | undefined,
  schema: z.core.$ZodType<T>,
): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await callInSession(path, init);
  return read(schema, parseJson(await response.text()));
}

/** A server-sent event. */
export interface StreamEvent {
  readonly type: string;
  readonly data: unknown;
}

/**
 * Reads server-sent events until they end, in parts as they come; with `fetch`, since `EventSource`
 * sends no header. Nothing that happens after `open`, the first of them, is missed.
 * @throws ApiError
 */
export async function listen(
  path: string,
  onEvents: (events: readonly StreamEvent[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const { body } = await callInSession(path, { signal });
  if (body === null) return;
  onEvents([{ type: "open", data: undefined }]);
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split("\n\n");
    rest = events.pop() ?? "";
    onEvents(events.map((event) => eventIn(event)));
  }
}

function eventIn(text: string): StreamEvent {
  const fields = new Map(text.split("\n").map((line) => split(line)));
  return { type: fields.get("event") ?? "", data: parseJson(fields.get("data") ?? "") };
}

function split(line: string): readonly [name: string, value: string] {
  const [name = "", ...value] = line.split(": ");
  return [name, value.join(": ")];
}

/** What is said to the user of an error. */
export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);
