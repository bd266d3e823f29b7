/** The two sentences that the system says. */
import type { Name } from "./name.ts";

/** In whose name the external side greets. */
export type ExternalGreeter = "ExternalLambda1" | "ExternalLambda2";

/** What the API answers once the name is on its way to the internal side. */
export function externalGreeting(greeter: ExternalGreeter, name: Name): string {
  return `Hello ${name}. Greetings from ${greeter}! Message forwarded to InternalLambda.`;
}

/** What the consumer says to a name that reached it. */
export function internalGreeting(name: Name): string {
  return `Hello ${name}. Greetings from InternalLambda!`;
}
