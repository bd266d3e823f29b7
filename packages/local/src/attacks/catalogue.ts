/** The catalogue of attacks, in the order in which they run. */
import { bodyAttacks } from "./bodies.ts";
import { floodAttacks } from "./flood.ts";
import { functionAttacks } from "./functions.ts";
import type { Attack } from "./model/attack.ts";
import { pathAttacks } from "./paths.ts";
import { payloadAttacks } from "./payloads.ts";
import { tokenAttacks } from "./tokens.ts";
import { topicAttacks } from "./topics.ts";

/** Every attack; the flood is the last, since it empties a bucket that the others take from. */
export const catalogue: readonly Attack[] = [
  ...tokenAttacks,
  ...bodyAttacks,
  ...payloadAttacks,
  ...pathAttacks,
  ...functionAttacks,
  ...topicAttacks,
  ...floodAttacks,
];
