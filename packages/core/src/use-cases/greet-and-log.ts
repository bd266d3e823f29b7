/** The internal use case: greet, and record the greeting. */
import { internalGreeting } from "../domain/greeting.ts";
import type { DeliveredNameGreeter } from "../ports/inbound/greeter.ts";
import type { GreetingLog } from "../ports/outbound/greeting-log.ts";

/** What greeting and logging needs. */
interface GreetAndLogDeps {
  readonly log: GreetingLog;
}

/** Creates the greeter that logs each greeting. `greet` rejects only with what the log throws. */
export function createGreetAndLog({ log }: GreetAndLogDeps): DeliveredNameGreeter {
  return {
    async greet({ name, correlationId, messageId }) {
      const greeting = internalGreeting(name);
      log.write({ greeting, correlationId, messageId });
      return { message: greeting };
    },
  };
}
