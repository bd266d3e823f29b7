/** Publishing over HTTPS: what callers make it hold. */
import { expect, it } from "vitest";
import { createChannels } from "../../../src/services/appsync/channels.ts";
import { answerEventRequest } from "../../../src/services/appsync/event-request.ts";
import { createBodyBudget } from "../../../src/http/request-body.ts";

const address = "https://127.0.0.1/event";

it("gives up a body that stalls for one that comes", async () => {
  const channels = createChannels();
  const bodies = createBodyBudget(256 * 1024);
  const { readable, writable } = new TransformStream<Uint8Array>();
  const writer = writable.getWriter();
  writer.closed.catch(() => undefined);
  const init = { method: "POST", body: readable, duplex: "half" } as const;
  const stalled = answerEventRequest(new Request(address, init), channels, bodies);
  await writer.write(Buffer.alloc(200 * 1024));
  const body = JSON.stringify({ channel: "/sst/a", events: ["e".repeat(200 * 1024)] });
  const request = new Request(address, { method: "POST", body });
  expect((await answerEventRequest(request, channels, bodies)).status).toBe(200);
  expect((await stalled).status).toBe(400);
});
