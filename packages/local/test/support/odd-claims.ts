/** Claims that no user pool issues, as changes of the claims of a valid token. */
import * as fc from "fast-check";

const times = ["exp", "iat"];
const optionalTimes = ["nbf", "auth_time"];
const texts = ["sub", "iss", "aud", "token_use"];

/** What is no time in seconds that a date can have. */
const noTime = fc.oneof(
  fc.constantFrom(1e308, -1e308, 1e16, 8.64e12 + 1, -1, -1e-9, 0.5, 1.7e9 + 0.25, Number.MIN_VALUE),
  fc.constantFrom("", "1", "1e9", "never", null, true, [], [2e9], {}, { valueOf: 2e9 }),
  fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }),
  fc.double({ max: -Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  fc.string(),
);
/** What is no text that is there. */
const noText = fc.constantFrom<unknown>("", 7, null, true, [], [""], {}, { toString: "id" });

const change = (names: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.constantFrom(...names), value)
    .map(([name, odd]) => Object.fromEntries([[name, odd]]));

/** Changes each of which makes the claims invalid; an undefined claim is left out. */
export const oddClaims = fc.oneof(
  change([...times, ...optionalTimes], noTime),
  change(texts, noText),
  change([...times, ...texts], fc.constant(undefined)),
);

/** How many tokens are signed, and from which seed. */
export const runs = { seed: 20_261_129, numRuns: 200 };
