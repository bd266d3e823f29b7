/** What filter expressions ask about (documented: XRAY/xray-console-filters). */
import type { Annotation } from "../segments.ts";

/** The keywords by the kind of their value. */
export const keywords = {
  number: ["responsetime", "duration", "http.status"],
  text: ["http.url", "http.method", "http.useragent", "http.clientip", "user"],
  flag: ["ok", "error", "fault", "throttle", "partial"],
} as const;

/** The keywords of a kind. */
export type Keyword<Kind extends keyof typeof keywords> = (typeof keywords)[Kind][number];

/** What is known of a trace, or of one service in it. */
export interface Facts {
  readonly number: Readonly<Partial<Record<Keyword<"number">, number | undefined>>>;
  readonly text: Readonly<Partial<Record<Keyword<"text">, string | undefined>>>;
  readonly flag: Readonly<Record<Keyword<"flag">, boolean>>;
  readonly annotations: readonly (readonly [name: string, value: Annotation])[];
  /** None, in a service. */
  readonly services: readonly ServiceFacts[];
}

/** What is known of a service. */
export interface ServiceFacts extends Facts {
  readonly name: string;
  readonly type: string | undefined;
}
