/** The two sentences that the system says. */
import type { Name } from "./name.ts";

/** What the API answers once the name is on its way to the internal side. */
export function externalGreeting(greetsAs: string, name: Name): string {
  return `Hello ${name}. Greetings from ${greetsAs}! Message forwarded to InternalLambda.`;
}

/** What the consumer logs for a name that reached it. */
export function internalGreeting(name: Name): string {
  return `Hello ${name}. Greetings from InternalLambda!`;
}
