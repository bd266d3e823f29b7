/** Turns property values of the Pulumi SDK into JSON: secrets unwrapped, assets as file paths. */
import path from "node:path";
import { assetKey, otherAssetKey } from "../provider/asset.ts";

/** The key by which the Pulumi wire format marks a special value (its SDK's `specialSigKey`). */
const signatureKey = "4dabf18193072939515e22adb298388d";

/**
 * Plain JSON of a deserialized property value. The SDK leaves out what is undefined, but turns it
 * into null inside a secret: null, which means the same to a provider, is left out as well.
 */
async function toJson(value: unknown): Promise<unknown> {
  if (value instanceof Promise) return toJson(await value);
  if (Array.isArray(value)) return Promise.all(value.map(toJson));
  if (typeof value !== "object" || value === null) return value;
  if ("__pulumiAsset" in value || "__pulumiArchive" in value) return fileOf(value);
  if (signatureKey in value && "value" in value) return toJson(value.value);
  return propertiesToJson({ ...value });
}

/** The same for a property bag. */
export async function propertiesToJson(
  properties: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const entries = await Promise.all(
    Object.entries(properties).map(async ([key, item]) => [key, await toJson(item)] as const),
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== null));
}

async function fileOf(asset: object): Promise<Record<string, string>> {
  const file: unknown = "path" in asset ? await asset.path : undefined;
  return typeof file === "string"
    ? { [assetKey]: path.resolve(file) }
    : { [otherAssetKey]: "text" in asset ? "text" : "uri" in asset ? "uri" : "archive" };
}
