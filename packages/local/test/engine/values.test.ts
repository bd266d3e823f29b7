/** Values of the Pulumi SDK as JSON. */
import { describe, expect, it } from "vitest";
import { propertiesToJson } from "../../src/engine/values.ts";

const secretSignature = "4dabf18193072939515e22adb298388d";

describe("propertiesToJson", () => {
  it("keeps plain values, nested and in arrays", async () => {
    const plain = { a: 1, b: [null, { c: "x" }], d: false };
    await expect(propertiesToJson(plain)).resolves.toEqual(plain);
  });

  it("unwraps a secret", async () => {
    const secret = { [secretSignature]: "1b47061264138c4ac30d75fd1eb44270", value: "hidden" };
    await expect(propertiesToJson({ s: secret })).resolves.toEqual({ s: "hidden" });
  });

  it("leaves out what was undefined, which the SDK turns into null inside a secret", async () => {
    const secret = { [secretSignature]: "1b47061264138c4ac30d75fd1eb44270", value: null };
    await expect(propertiesToJson({ s: secret, kept: { s: secret } })).resolves.toStrictEqual({
      kept: {},
    });
  });

  it("turns an archive into the absolute path of its file", async () => {
    const archive = { __pulumiArchive: true, path: Promise.resolve("/tmp/code.zip") };
    await expect(propertiesToJson({ source: archive })).resolves.toEqual({
      source: { localCloudFile: "/tmp/code.zip" },
    });
  });

  it("names the kind of an asset that is not a file, which a resource type rejects", async () => {
    const asset = { __pulumiAsset: true, text: Promise.resolve("inline") };
    await expect(propertiesToJson({ source: asset })).resolves.toEqual({
      source: { localCloudAsset: "text" },
    });
  });
});
