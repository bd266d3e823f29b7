/** Whether a media type is one of an API's binary media types. */

/**
 * Compares without parameters. Documented: `*` `/` `*` matches all (APIGW/api-gateway-payload-encodings);
 * assumed: `image/*` stands for all images.
 */
export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]) {
  const essence = (mediaType ?? "").split(";", 1).join().trim().toLowerCase();
  return binaryMediaTypes.some((binary) => {
    const pattern = binary.toLowerCase();
    if (pattern === "*/*") return true;
    return pattern.endsWith("/*")
      ? essence.startsWith(pattern.slice(0, -1))
      : essence !== "" && essence === pattern;
  });
}
