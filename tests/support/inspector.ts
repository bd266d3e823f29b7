/** A client of the inspector protocol, for a process that a debugger can attach to. */
import * as z from "zod";

const messageSchema = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** The process has ended, or this client has closed the connection. */
export class InspectorClosedError extends Error {
  override readonly name = "InspectorClosedError";
}

/** A process under inspection; once it is closed, calls and events reject with InspectorClosedError. */
export interface Inspector {
  /** Calls a method; its result. */
  call(method: string, params?: object): Promise<unknown>;
  /** The parameters of the next event of that name, from now on. */
  event(method: string): Promise<unknown>;
  close(): void;
}

/** Attaches to a `ws://` address. */
export async function attach(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error(`Nothing listens at ${url}.`)));
  });
  const calls = new Map<number, PromiseWithResolvers<unknown>>();
  const events = new Map<string, PromiseWithResolvers<unknown>>();
  let serial = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, method, params, result, error } = messageSchema.parse(
      JSON.parse(z.string().parse(data)),
    );
    if (method !== undefined) {
      events.get(method)?.resolve(params);
      events.delete(method);
    }
    if (id === undefined) return;
    if (error) calls.get(id)?.reject(new Error(error.message));
    else calls.get(id)?.resolve(result);
    calls.delete(id);
  });
  const closed = Promise.withResolvers<never>();
  closed.promise.catch(() => undefined);
  socket.addEventListener("close", () => {
    closed.reject(new InspectorClosedError(`${url} was closed.`));
  });
  return {
    call(method, params = {}) {
      serial += 1;
      const call = Promise.withResolvers<unknown>();
      calls.set(serial, call);
      socket.send(JSON.stringify({ id: serial, method, params }));
      return Promise.race([call.promise, closed.promise]);
    },
    event(method) {
      const event = Promise.withResolvers<unknown>();
      events.set(method, event);
      return Promise.race([event.promise, closed.promise]);
    },
    close: () => socket.close(),
  };
}
