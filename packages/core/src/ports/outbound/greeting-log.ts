/** The outbound port through which the consumer's greetings are recorded. */

/** A greeting as it is recorded. */
export interface LoggedGreeting {
  readonly greeting: string;
  readonly correlationId: string;
}

/** Records greetings. */
export interface GreetingLog {
  write(entry: LoggedGreeting): void;
}
