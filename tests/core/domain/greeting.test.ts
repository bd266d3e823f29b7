/** The two sentences, to the letter. */
import { externalGreeting, internalGreeting, nameSchema } from "@secure-lambda/core";
import { expect, test } from "vitest";
import { ada } from "./examples.ts";

test("the external side greets in the name of its route", () => {
  expect(externalGreeting("ExternalLambda1", ada)).toBe(
    "Hello Ada. Greetings from ExternalLambda1! Message forwarded to InternalLambda.",
  );
  expect(externalGreeting("ExternalLambda2", ada)).toBe(
    "Hello Ada. Greetings from ExternalLambda2! Message forwarded to InternalLambda.",
  );
});

test("the internal side greets in its own name", () => {
  expect(internalGreeting(ada)).toBe("Hello Ada. Greetings from InternalLambda!");
});

test("a name that looks like a replacement pattern is greeted intact", () => {
  expect(internalGreeting(nameSchema.parse("$& $1 {name}"))).toBe(
    "Hello $& $1 {name}. Greetings from InternalLambda!",
  );
});
