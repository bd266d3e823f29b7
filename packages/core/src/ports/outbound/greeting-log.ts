/** The outbound port through which the consumer's greetings are recorded. */

/** A greeting as it is recorded; its ids say whether it is a copy. */
export interface LoggedGreeting {
  readonly greeting: string;
  readonly correlationId: string;
  readonly messageId: string;
}

/** Records greetings. */
export interface GreetingLog {
  write(entry: LoggedGreeting): void;
}
