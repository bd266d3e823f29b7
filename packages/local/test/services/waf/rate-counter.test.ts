/** Counts of requests per address, and how many of them are kept. */
import { expect, it } from "vitest";
import { createRateCounter } from "../../../src/services/waf/statements/rate-counter.ts";

it("forgets the address that was not seen for longest when there are too many counts", () => {
  let time = 0;
  const counter = createRateCounter(600, () => time);
  const addresses = Array.from({ length: 1000 }, (_, at) => `127.0.${at >> 8}.${at & 255}`);
  // 99 counts of each, which is a thousand less than are kept.
  for (let second = 0; second < 99; second += 1) {
    for (const address of addresses) counter.add(address);
    time += 1000;
  }
  for (let second = 0; second < 300; second += 1) {
    for (const address of addresses.slice(990)) counter.add(address);
    time += 1000;
  }
  expect(counter.add("127.0.3.231")).toBe(400);
  expect(counter.add("127.0.0.0")).toBe(1);
});

// Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html
it("forgets nothing of what AWS keeps: 10,000 addresses", () => {
  const counter = createRateCounter(300, () => 0);
  for (let at = 0; at < 10_000; at += 1) counter.add(`address ${at}`);
  expect(counter.add("address 0")).toBe(2);
  counter.add("one more");
  expect(counter.add("address 1")).toBe(1);
});
