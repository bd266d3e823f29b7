/** Routes of queues: their messages with the reasons of dead letters, redrive and discard. */
import * as z from "zod";
import { maskingOf } from "../requests/masking.ts";
import type { LambdaService } from "../services/lambda/ports.ts";
import type { Topics } from "../services/sns/topics.ts";
import type { Queues } from "../services/sqs/queues.ts";
import { readDeadLetter } from "./dead-letter.ts";
import { ApiProblem, orProblem } from "./problem.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the routes are about. */
export interface QueueRoutesOptions {
  readonly account: string;
  readonly queues: Queues;
  readonly lambda: LambdaService;
  readonly topics: Topics;
}

const queueName = z.strictObject({ name: z.string() });
const messageName = z.strictObject({ name: z.string(), id: z.string() });

/** The routes. */
export function queueRoutes({ account, queues, ...sources }: QueueRoutesOptions): Route[] {
  const operator = { kind: "root", account } as const;

  function find(name: string) {
    if (!queues.list().includes(name)) throw new ApiProblem(404, "There is no such queue.");
    return queues.get(queues.names.arnOf(name));
  }

  function messagesOf(name: string) {
    const queue = find(name);
    const read = orProblem(409, () => queue.peek(operator));
    return read.map(({ id, body, sentAt, receiveCount }) => {
      const letter = readDeadLetter(body, queue.arn, sources);
      return { queue, id, body, sentAt, receiveCount, letter };
    });
  }

  function findMessage(name: string, id: string) {
    const found = messagesOf(name).find((message) => message.id === id);
    if (found === undefined) throw new ApiProblem(404, "There is no such message in the queue.");
    return found;
  }

  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/queues",
      operationId: "listQueues",
      summary: "Lists the queues.",
      result: z.strictObject({
        queues: z.array(z.strictObject({ name: z.string(), arn: z.string(), messages: z.int() })),
      }),
      handle: () => ({
        queues: queues.list().map((name) => {
          const { arn, peek } = find(name);
          return { name, arn, messages: orProblem(409, () => peek(operator)).length };
        }),
      }),
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/queues/{name}/messages",
      operationId: "listMessages",
      summary: "Lists the messages of a queue without receiving them, and why they are there.",
      params: queueName,
      query: z.strictObject({
        reveal: z.stringbool().default(false).describe("Whether what is personal is shown."),
      }),
      result: z.strictObject({
        messages: z.array(
          z.strictObject({
            id: z.string(),
            sentAt: z.iso.datetime(),
            receiveCount: z.int(),
            source: z.string().nullable().describe("The function or topic that it comes from."),
            reason: z.string(),
            isRedrivable: z.boolean(),
            body: z.string().nullable().describe("Null unless it is asked for."),
          }),
        ),
      }),
      handle: ({ params, query }) => ({
        messages: messagesOf(params.name).map(({ id, sentAt, receiveCount, letter, body }) => ({
          id,
          receiveCount,
          sentAt: new Date(sentAt).toISOString(),
          source: letter.source,
          reason: query.reveal
            ? letter.reason
            : maskingOf({ bodies: [body, ...letter.published] }).text(letter.reason),
          isRedrivable: letter.redrive !== undefined,
          body: query.reveal ? body : null,
        })),
      }),
    }),
    defineRoute({
      ...bare,
      method: "post",
      path: "/queues/{name}/messages/{id}/redrive",
      operationId: "redriveMessage",
      summary: "Sends a dead letter to its function again, and removes it from the queue.",
      params: messageName,
      status: 204,
      handle({ params }) {
        const { queue, letter } = findMessage(params.name, params.id);
        if (letter.redrive === undefined) {
          throw new ApiProblem(409, "Nothing deployed is known to have left this message here.");
        }
        letter.redrive();
        queue.remove(params.id);
        return undefined;
      },
    }),
    defineRoute({
      ...bare,
      method: "delete",
      path: "/queues/{name}/messages/{id}",
      operationId: "discardMessage",
      summary: "Removes a message from its queue.",
      params: messageName,
      status: 204,
      handle({ params }) {
        findMessage(params.name, params.id).queue.remove(params.id);
        return undefined;
      },
    }),
  ];
}
