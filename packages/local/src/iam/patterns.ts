/** Patterns as policies write them. */

/** Tells whether a text matches a pattern: `*` for any text, `?` for one character. */
export function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[$()+.[\\\]^{|}]/g, "\\$&")
    .replace(/\*+/g, "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`, "u").test(text);
}

/**
 * Tells whether an ARN matches a pattern: each of the six parts by itself (documented:
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */
export function arnLike(pattern: string, arn: string): boolean {
  const patterns = partsOf(pattern);
  const parts = partsOf(arn);
  return (
    parts.length === 6 &&
    patterns.length === 6 &&
    parts.every((part, index) => like(patterns[index] ?? "", part))
  );
}

/** The first five colons separate; those after them belong to the resource. */
function partsOf(arn: string): string[] {
  const [scheme, partition = "", service = "", region = "", account = "", ...rest] = arn.split(":");
  if (scheme !== "arn" || rest.length === 0) return [];
  return [scheme, partition, service, region, account, rest.join(":")];
}
