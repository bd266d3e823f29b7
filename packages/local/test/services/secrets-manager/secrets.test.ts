/** The store of secrets: how many versions it keeps, and how much memory they take. */
import { expect, it } from "vitest";
import { createSecretStore } from "../../../src/services/secrets-manager/secrets.ts";
import { environment } from "../../support/test-cloud.ts";

const createStore = () => createSecretStore({ ...environment, now: () => 0 });

// Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
it("keeps a hundred versions of a secret, the labelled ones among them", () => {
  const store = createStore();
  const secret = store.create({ name: "secret" });
  const ids = Array.from({ length: 150 }, (_, at) => `version-${at}`);
  for (const id of ids) store.putValue(secret, { secretString: id }, id);
  expect([...secret.versions.keys()]).toEqual(ids.slice(50));
  expect(store.version(secret, undefined, "AWSPREVIOUS").id).toBe("version-148");
});

it("takes no value for which there is no room", () => {
  const store = createStore();
  const one = store.create({ name: "one" });
  store.putValue(one, { secretBinary: Buffer.alloc(64 * 1024 * 1024 - 10) });
  const two = store.create({ name: "two" });
  expect(() => store.putValue(two, { secretString: "123456" })).toThrow(
    expect.objectContaining({ code: "LimitExceededException" }),
  );
  store.putValue(two, { secretString: "12345" });
});
