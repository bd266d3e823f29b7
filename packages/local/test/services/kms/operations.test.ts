/** The operations of KMS, as its clients call them. */
import { describe, expect, it } from "vitest";
import { root } from "../iam/policies-in-force.ts";
import { allow, setUpKeys } from "./keys-in-use.ts";

const { call, cloud, createKey, createKeyWith } = setUpKeys();

const base64 = (text: string) => Buffer.from(text).toString("base64");
const Plaintext = base64("a secret");
const EncryptionContext = { stage: "prod", Stage: "prod" };

/** A ciphertext of the plaintext under the key. */
async function encrypt(KeyId: string, more: object = {}): Promise<string> {
  const { CiphertextBlob } = await call("Encrypt", { KeyId, Plaintext, ...more });
  return String(CiphertextBlob);
}

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
describe("what Encrypt encrypted", () => {
  it("is decrypted with the same context, in any order, without naming the key", async () => {
    const { arn, id } = createKey();
    const CiphertextBlob = await encrypt(id, { EncryptionContext });
    expect(Buffer.from(CiphertextBlob, "base64").includes("a secret")).toBe(false);
    const reversed = { Stage: "prod", stage: "prod" };
    await expect(call("Decrypt", { CiphertextBlob, EncryptionContext: reversed })).resolves.toEqual(
      { Plaintext, KeyId: arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" },
    );
  });

  it.each([
    ["none", undefined],
    ["another value", { ...EncryptionContext, stage: "dev" }],
    ["a name in another case", { STAGE: "prod", Stage: "prod" }],
    ["one name more", { ...EncryptionContext, more: "" }],
  ])("is not decrypted with another context: %s", async (_, other) => {
    const CiphertextBlob = await encrypt(createKey().id, { EncryptionContext });
    await expect(
      call("Decrypt", { CiphertextBlob, ...(other && { EncryptionContext: other }) }),
    ).resolves.toMatchObject({ __type: "InvalidCiphertextException" });
  });

  it("is not decrypted once a byte of it is changed, or where it is cut", async () => {
    const blob = Buffer.from(await encrypt(createKey().id), "base64");
    for (const at of [20, blob.length - 1]) {
      const changed = Buffer.from(blob);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const CiphertextBlob = changed.toString("base64");
      const answer = await call("Decrypt", { CiphertextBlob });
      expect(answer).toMatchObject({ __type: "InvalidCiphertextException" });
    }
    for (const length of [1, 17, 30]) {
      const CiphertextBlob = blob.subarray(0, length).toString("base64");
      const answer = await call("Decrypt", { CiphertextBlob });
      expect(answer).toMatchObject({ __type: "InvalidCiphertextException" });
    }
  });

  it("is not decrypted as another key's", async () => {
    const CiphertextBlob = await encrypt(createKey().id);
    await expect(call("Decrypt", { CiphertextBlob, KeyId: createKey().id })).resolves.toMatchObject(
      { __type: "IncorrectKeyException" },
    );
  });

  it("differs each time", async () => {
    const { id } = createKey();
    expect(await encrypt(id)).not.toBe(await encrypt(id));
  });
});

// Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html
it.each([
  [{ KeySpec: "AES_256" }, 32],
  [{ KeySpec: "AES_128" }, 16],
  [{ NumberOfBytes: 64 }, 64],
])("GenerateDataKey with %j gives %i bytes, and the same encrypted", async (size, length) => {
  const { id } = createKey();
  const made = await call("GenerateDataKey", { KeyId: id, EncryptionContext, ...size });
  expect(Buffer.from(String(made["Plaintext"]), "base64")).toHaveLength(length);
  const { CiphertextBlob } = made;
  const { Plaintext: again } = await call("Decrypt", { CiphertextBlob, EncryptionContext });
  expect(again).toBe(made["Plaintext"]);
});

// Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
it.each([
  ["Encrypt", { Plaintext: "" }, "Must have 1 to 4096 bytes"],
  ["Encrypt", { Plaintext: base64("x".repeat(4097)) }, "Must have 1 to 4096 bytes"],
  ["Encrypt", { Plaintext, EncryptionAlgorithm: "RSAES_OAEP_SHA_256" }, "EncryptionAlgorithm"],
  ["Encrypt", { Plaintext, GrantTokens: ["t"] }, "does not support the parameter GrantTokens"],
  ["GenerateDataKey", {}, "either number of bytes or key spec"],
  ["GenerateDataKey", { KeySpec: "AES_256", NumberOfBytes: 32 }, "either number of bytes or"],
  ["GenerateDataKey", { NumberOfBytes: 1025 }, "NumberOfBytes"],
  ["ScheduleKeyDeletion", { PendingWindowInDays: 6 }, "PendingWindowInDays"],
])("%s rejects %j", async (operation, input, message) => {
  const answer = await call(operation, { KeyId: createKey().id, ...input });
  expect(answer).toMatchObject({
    __type: "ValidationException",
    message: expect.stringContaining(message),
  });
});

// Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
describe("a key", () => {
  it("is found by its id, its ARN, an alias and an alias's ARN", async () => {
    const { id, arn } = createKey({ description: "ours" });
    const { keys } = cloud().kms;
    keys.setAlias("alias/ours", id);
    for (const KeyId of [id, arn, "alias/ours", keys.arnOf("alias/ours")]) {
      await expect(call("DescribeKey", { KeyId })).resolves.toMatchObject({
        KeyMetadata: {
          KeyId: id,
          Arn: arn,
          Description: "ours",
          Enabled: true,
          KeyState: "Enabled",
          KeyManager: "CUSTOMER",
          KeySpec: "SYMMETRIC_DEFAULT",
          KeyUsage: "ENCRYPT_DECRYPT",
          MultiRegion: false,
        },
      });
    }
  });

  it.each(["alias/none", "none", "arn:aws:kms:us-east-1:111111111111:key/none", ""])(
    "that is not there is not found: %j",
    async (KeyId) => {
      const answer = await call("DescribeKey", { KeyId });
      expect(answer).toMatchObject({ __type: "NotFoundException" });
    },
  );

  it("of a service is there when it is asked for, and is used only through the service", async () => {
    const described = await call("DescribeKey", { KeyId: "alias/aws/sqs" });
    expect(described).toMatchObject({ KeyMetadata: { KeyManager: "AWS" } });
    await expect(call("Encrypt", { KeyId: "alias/aws/sqs", Plaintext })).resolves.toMatchObject({
      __type: "AccessDeniedException",
    });
  });
});

const uses = async (KeyId: string, CiphertextBlob: string) => [
  await call("Encrypt", { KeyId, Plaintext }),
  await call("Decrypt", { CiphertextBlob }),
  await call("GenerateDataKey", { KeyId, KeySpec: "AES_256" }),
];

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
describe("a key that is", () => {
  it("disabled is not used, until it is enabled", async () => {
    const { id, arn } = createKey();
    const CiphertextBlob = await encrypt(id);
    await call("DisableKey", { KeyId: id });
    const disabled = { __type: "DisabledException", message: `${arn} is disabled.` };
    expect(await uses(id, CiphertextBlob)).toEqual([disabled, disabled, disabled]);
    const { KeyMetadata } = await call("DescribeKey", { KeyId: id });
    expect(KeyMetadata).toMatchObject({ Enabled: false, KeyState: "Disabled" });
    await call("EnableKey", { KeyId: id });
    await expect(call("Decrypt", { CiphertextBlob })).resolves.toMatchObject({ Plaintext });
  });

  it("pending deletion is not used, and is gone after its days", async () => {
    const { id, arn } = createKey();
    cloud().kms.keys.setAlias("alias/going", id);
    const CiphertextBlob = await encrypt(id);
    const scheduled = await call("ScheduleKeyDeletion", { KeyId: id, PendingWindowInDays: 7 });
    const week = 7 * 24 * 60 * 60;
    expect(scheduled).toMatchObject({ KeyId: arn, DeletionDate: cloud().now() / 1000 + week });
    const pending = { __type: "KMSInvalidStateException", message: `${arn} is pending deletion.` };
    expect(await uses(id, CiphertextBlob)).toEqual([pending, pending, pending]);
    await expect(call("EnableKey", { KeyId: id })).resolves.toEqual(pending);

    cloud().advance(week * 1000);
    const gone = { __type: "NotFoundException" };
    for (const KeyId of [id, "alias/going"]) {
      await expect(call("DescribeKey", { KeyId })).resolves.toMatchObject(gone);
    }
    await expect(call("Decrypt", { CiphertextBlob })).resolves.toMatchObject({
      __type: "AccessDeniedException",
      message: expect.stringContaining("does not exist"),
    });
  });

  it("kept after all is disabled", async () => {
    const { id } = createKey();
    await call("ScheduleKeyDeletion", { KeyId: id });
    await call("CancelKeyDeletion", { KeyId: id });
    const { KeyMetadata } = await call("DescribeKey", { KeyId: id });
    expect(KeyMetadata).toMatchObject({ KeyState: "Disabled" });
    await expect(call("CancelKeyDeletion", { KeyId: id })).resolves.toMatchObject({
      __type: "KMSInvalidStateException",
    });
  });
});

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
it("authorizes a call with the encryption context that it names, and through no service", async () => {
  const Condition = {
    StringEquals: { "kms:EncryptionContext:stage": "prod" },
    Null: { "kms:ViaService": "true" },
  };
  const { id } = createKeyWith(allow({ AWS: root }, ["kms:Encrypt", "kms:Decrypt"], { Condition }));
  const CiphertextBlob = await encrypt(id, { EncryptionContext });
  await expect(call("Decrypt", { CiphertextBlob, EncryptionContext })).resolves.toMatchObject({
    Plaintext,
  });
  const denied = { __type: "AccessDeniedException" };
  const other = { EncryptionContext: { stage: "dev" } };
  await expect(call("Encrypt", { KeyId: id, Plaintext, ...other })).resolves.toMatchObject(denied);
  await expect(call("Decrypt", { CiphertextBlob })).resolves.toMatchObject(denied);
});

it("authorizes a call by the key's policy, and Decrypt by that of the key that it needs", async () => {
  const { id, change } = createKeyWith(allow({ AWS: root }, "kms:*"));
  const CiphertextBlob = await encrypt(id);
  change();
  const denied = {
    __type: "AccessDeniedException",
    message: expect.stringContaining("because no resource-based policy allows the kms:"),
  };
  await expect(call("Decrypt", { CiphertextBlob })).resolves.toMatchObject(denied);
  await expect(call("Encrypt", { KeyId: id, Plaintext })).resolves.toMatchObject(denied);
  await expect(call("DisableKey", { KeyId: id })).resolves.toMatchObject(denied);
  await expect(call("DescribeKey", { KeyId: id })).resolves.toHaveProperty("KeyMetadata");
});
