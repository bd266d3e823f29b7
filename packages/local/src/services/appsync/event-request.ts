/**
 * `POST /event` of AppSync Events: publishes to a channel
 * (documented: APPSYNC/publish-http).
 */
import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { BodyBudget } from "../../http/request-body.ts";
import type { Channels } from "./channels.ts";

/** AppSync's own limit on an event is 240 kB (documented); five of them and what is around. */
export const MAX_MESSAGE_BYTES = 2 ** 21;

/** A channel's path: a namespace and up to four more segments (documented). */
export const channelSchema = z.string().regex(/^(\/[A-Za-z0-9-]{1,50}){1,5}$/);

const bodySchema = z.strictObject({
  channel: channelSchema,
  /** One to five events (documented). */
  events: z.array(z.string()).min(1).max(5),
});

/** Answers a request; every other path or method is 404, as the CLI's first look at `/` expects. */
export async function answerEventRequest(
  request: Request,
  channels: Channels,
  bodies: BodyBudget,
): Promise<Response> {
  if (request.method !== "POST" || new URL(request.url).pathname !== "/event") {
    return errorResponse(404, "NotFoundException", "The local cloud has no such AppSync path.");
  }
  const body = bodies.open(request, MAX_MESSAGE_BYTES);
  const content = await body.read().catch(() => undefined);
  body.release();
  const parsed = bodySchema.safeParse(parseJson(content));
  if (!parsed.success)
    return errorResponse(400, "BadRequestException", z.prettifyError(parsed.error));
  const { channel, events } = parsed.data;
  for (const event of events) channels.publish(channel, event);
  const successful = events.map((_, index) => ({ identifier: randomUUID(), index }));
  return Response.json({ successful, failed: [] });
}

function parseJson(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}

function errorResponse(status: number, errorType: string, message: string): Response {
  return Response.json({ errors: [{ errorType, message }] }, { status });
}
