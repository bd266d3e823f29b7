/** The internal use case. */
import { createGreetAndLog } from "@secure-lambda/core";
import type { LoggedGreeting } from "@secure-lambda/core";
import { expect, test } from "vitest";
import { ada } from "../domain/examples.ts";

const delivered = { name: ada, correlationId: "request-1", messageId: "message-1" };

test("the greeting is logged under both ids and answered", async () => {
  const log: LoggedGreeting[] = [];
  const greeter = createGreetAndLog({ log: { write: (entry) => log.push(entry) } });
  expect(await greeter.greet(delivered)).toEqual({
    message: "Hello Ada. Greetings from InternalLambda!",
  });
  expect(log).toEqual([
    {
      greeting: "Hello Ada. Greetings from InternalLambda!",
      correlationId: "request-1",
      messageId: "message-1",
    },
  ]);
});

test("a greeting that cannot be logged has failed", async () => {
  const greeter = createGreetAndLog({
    log: {
      write: () => {
        throw new Error("the log is full");
      },
    },
  });
  await expect(greeter.greet(delivered)).rejects.toThrow("the log is full");
});
