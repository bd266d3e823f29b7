/** How long a secret is cached, and what is served when it cannot be read. */
import { SecretUnavailableError } from "@secure-lambda/core";
import type { SecretLoader } from "@secure-lambda/core";
import { createCachedSecretLoader } from "@secure-lambda/core/adapters";
import { describe, expect, test } from "vitest";
import { createFakeClock } from "../../fakes/clock.ts";

const broken = new Error("the store is down");

/** A cache over a store whose value is `store.value`, or which is broken by an error put there. */
function createCache(ttlSeconds = 300) {
  const clock = createFakeClock();
  const store: { value: string | Error; reads: number } = { value: "first", reads: 0 };
  const reported: SecretUnavailableError[] = [];
  async function read() {
    store.reads += 1;
    await Promise.resolve();
    if (store.value instanceof Error) throw store.value;
    return store.value;
  }
  const secret: SecretLoader<string> = createCachedSecretLoader(
    { load: read, refresh: read },
    { ttlSeconds, now: clock.now, onStale: (error) => reported.push(error) },
  );
  return { clock, store, secret, reported };
}

describe("a secret that can be read", () => {
  test.each([10, 300])("is read once and cached for its time to live: %i s", async (seconds) => {
    const { clock, store, secret } = createCache(seconds);
    expect(await secret.load()).toBe("first");
    store.value = "second";
    clock.advance(seconds - 0.001);
    expect(await secret.load()).toBe("first");
    clock.advance(0.001);
    expect(await secret.load()).toBe("second");
    expect(store.reads).toBe(2);
  });

  test("is read once for loads that come at the same time", async () => {
    const { store, secret } = createCache();
    expect(await Promise.all([secret.load(), secret.load(), secret.load()])).toEqual([
      "first",
      "first",
      "first",
    ]);
    expect(store.reads).toBe(1);
  });

  test("is read again by a refresh, once for refreshes that come at the same time", async () => {
    const { store, secret } = createCache();
    await secret.load();
    store.value = "second";
    expect(await Promise.all([secret.refresh(), secret.refresh()])).toEqual(["second", "second"]);
    expect(await secret.load()).toBe("second");
    expect(store.reads).toBe(2);
  });

  test("is kept for the whole time again after a refresh", async () => {
    const { clock, store, secret } = createCache();
    await secret.load();
    clock.advance(200);
    await secret.refresh();
    clock.advance(299);
    await secret.load();
    expect(store.reads).toBe(2);
  });
});

describe("a secret that could never be read", () => {
  test("is unavailable, with the reason as the cause", async () => {
    const { store, secret, reported } = createCache();
    store.value = broken;
    const failure = expect.objectContaining({ name: "SecretUnavailableError", cause: broken });
    await expect(secret.load()).rejects.toEqual(failure);
    await expect(secret.refresh()).rejects.toBeInstanceOf(SecretUnavailableError);
    expect(reported).toEqual([]);
  });

  test("is asked for again by the next load, at once", async () => {
    const { store, secret } = createCache();
    store.value = broken;
    await expect(secret.load()).rejects.toBeInstanceOf(SecretUnavailableError);
    store.value = "first";
    expect(await secret.load()).toBe("first");
  });

  test("fails every load that shared the read", async () => {
    const { store, secret } = createCache();
    store.value = broken;
    const outcomes = await Promise.allSettled([secret.load(), secret.load()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(store.reads).toBe(1);
  });

  test("passes a domain error on as it is", async () => {
    const { store, secret } = createCache();
    store.value = new SecretUnavailableError("no such secret");
    await expect(secret.load()).rejects.toBe(store.value);
  });
});

describe("a secret that can no longer be read", () => {
  test("is served as it last was, and the failure is reported", async () => {
    const { clock, store, secret, reported } = createCache();
    await secret.load();
    store.value = broken;
    clock.advance(300);
    expect(await secret.load()).toBe("first");
    expect(await secret.refresh()).toBe("first");
    expect(reported.map(({ cause }) => cause)).toEqual([broken]);
  });

  test.each(["load", "refresh"] as const)(
    "is left alone by %s for 5 seconds, then asked for again",
    async (method) => {
      const { clock, store, secret } = createCache();
      await secret.load();
      store.value = broken;
      await secret.refresh();
      store.value = "second";
      clock.advance(4.999);
      expect(await secret[method]()).toBe("first");
      expect(store.reads).toBe(2);
      clock.advance(0.001);
      expect(await secret[method]()).toBe("second");
      expect(store.reads).toBe(3);
    },
  );

  test("can be refreshed without a wait once it was read again", async () => {
    const { clock, store, secret } = createCache();
    await secret.load();
    store.value = broken;
    await secret.refresh();
    store.value = "second";
    clock.advance(5);
    await secret.refresh();
    store.value = "third";
    expect(await secret.refresh()).toBe("third");
  });
});
