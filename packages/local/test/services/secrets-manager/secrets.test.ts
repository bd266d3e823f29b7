/** The store of secrets: how many versions it keeps, and how much memory they take. */
import { expect, it } from "vitest";
import { createRoles } from "../../../src/services/iam/roles.ts";
import { createKms } from "../../../src/services/kms/kms.ts";
import { createSecretEncryption } from "../../../src/services/secrets-manager/secret-encryption.ts";
import { createSecretStore } from "../../../src/services/secrets-manager/secrets.ts";
import { environment, operator } from "../../support/test-cloud.ts";

const now = () => 0;
const { envelopes } = createKms({ ...environment, roles: createRoles(), now });
const encryption = createSecretEncryption(envelopes);
const createStore = () => createSecretStore({ ...environment, now, encryption });

// Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
it("keeps a hundred versions of a secret, the labelled ones among them", () => {
  const store = createStore();
  const secret = store.create({ name: "secret" }, operator);
  const ids = Array.from({ length: 150 }, (_, at) => `version-${at}`);
  for (const id of ids) store.putValue(secret, { secretString: id }, operator, id);
  expect([...secret.versions.keys()]).toEqual(ids.slice(50));
  expect(store.version(secret, undefined, "AWSPREVIOUS").id).toBe("version-148");
});

it("takes no value for which there is no room", () => {
  const store = createStore();
  const one = store.create({ name: "one" }, operator);
  store.putValue(one, { secretBinary: Buffer.alloc(64 * 1024 * 1024 - 10) }, operator);
  const two = store.create({ name: "two" }, operator);
  expect(() => store.putValue(two, { secretString: "123456" }, operator)).toThrow(
    expect.objectContaining({ code: "LimitExceededException" }),
  );
  store.putValue(two, { secretString: "12345" }, operator);
});
