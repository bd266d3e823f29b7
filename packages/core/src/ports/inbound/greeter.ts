/** The inbound port: what the HTTP routes and the SNS consumer ask of the domain. */
import type { Name } from "../../domain/name.ts";

/** Whom to greet, and the id under which the request is found in every log. */
export interface GreetRequest {
  readonly name: Name;
  readonly correlationId: string;
}

/**
 * A name that the topic delivered, at least once: a copy has the correlation id of the first and, where
 * it was published again, a message id of its own.
 */
export interface DeliveredName extends GreetRequest {
  readonly messageId: string;
}

/** A greeting, ready to be read. */
export interface Greeting {
  readonly message: string;
}

/** A greeting whose name was published, with the message id that the topic gave it. */
export interface ForwardedGreeting extends Greeting {
  readonly messageId: string;
}

/** Greets. A use case says what else it does and which domain errors it throws. */
export interface Greeter<G extends Greeting = Greeting, R extends GreetRequest = GreetRequest> {
  greet(request: R): Promise<G>;
}

/** What the SNS consumer asks: a greeting of each name that is delivered. */
export type DeliveredNameGreeter = Greeter<Greeting, DeliveredName>;
