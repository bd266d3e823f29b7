/** Wildcard patterns of policies. */

/**
 * Whether a text matches a pattern: `*` for any text, `?` for one character. It backtracks only to the
 * last `*`, while a regular expression would backtrack to each (ReDoS), since callers choose the text.
 */
export function like(pattern: string, text: string): boolean {
  const wanted = Array.from(pattern);
  const found = Array.from(text);
  let at = 0;
  let next = 0;
  let star = -1;
  let takenUpTo = 0;
  while (next < found.length) {
    if (wanted[at] === "*") {
      star = at++;
      takenUpTo = next;
    } else if (wanted[at] === "?" || wanted[at] === found[next]) {
      at++;
      next++;
    } else if (star >= 0) {
      at = star + 1;
      next = ++takenUpTo;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((character) => character === "*");
}

/**
 * Whether an ARN matches a pattern: each of the six parts separately (documented:
 * IAM/reference_policies_elements_condition_operators).
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
