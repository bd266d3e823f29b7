/** Texts that are kept, with the memory that they hold. */
import { deserialize, serialize } from "node:v8";

/** A text that holds no more than its bytes. */
export interface OwnText {
  readonly text: string;
  readonly bytes: number;
}

/**
 * Copies a text. V8 keeps a line that was cut from a chunk as a view of it, and one that was put
 * together as its parts: the copy holds neither.
 */
export function ownText(text: string): OwnText {
  const bytes = serialize(text);
  return { text: String(deserialize(bytes)), bytes: bytes.byteLength };
}
