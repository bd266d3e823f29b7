/** IAM's ArnLike condition. */

/**
 * Tells whether an ARN matches a pattern: each of the six parts by itself, `*` for any text and `?`
 * for one character (documented: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */
export function arnLike(pattern: string, arn: string): boolean {
  const patterns = partsOf(pattern);
  const parts = partsOf(arn);
  return (
    parts.length === 6 &&
    patterns.length === 6 &&
    parts.every((part, index) => globOf(patterns[index] ?? "").test(part))
  );
}

/** The first five colons separate; those after them belong to the resource. */
function partsOf(arn: string): string[] {
  const [partition, service, region, account, ...rest] = arn.split(":").slice(1);
  if (!arn.startsWith("arn:") || rest.length === 0) return [];
  return ["arn", partition, service, region, account, rest.join(":")].map((part) => part ?? "");
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[$()+.[\\\]^{|}]/g, "\\$&")
    .replace(/\*+/g, "[^]*")
    .replace(/\?/g, "[^]");
  return new RegExp(`^${source}$`, "u");
}
