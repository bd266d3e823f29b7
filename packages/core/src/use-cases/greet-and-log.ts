/** The internal use case: greet, and put the greeting on record. */
import { internalGreeting } from "../domain/greeting.ts";
import type { Greeter } from "../ports/inbound/greeter.ts";

/** A greeting as it is put on record. */
export interface LoggedGreeting {
  readonly greeting: string;
  readonly correlationId: string;
}

/** What greeting and logging needs. */
interface GreetAndLogDeps {
  readonly log: (entry: LoggedGreeting) => void;
}

/** Makes the greeter that logs each greeting. `greet` rejects only with what `log` throws. */
export function makeGreetAndLog({ log }: GreetAndLogDeps): Greeter {
  return {
    async greet({ name, correlationId }) {
      const greeting = internalGreeting(name);
      log({ greeting, correlationId });
      return { message: greeting };
    },
  };
}
