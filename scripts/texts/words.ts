/** Words that this repository avoids, in code, texts and file names, and what it says instead. */

/** A word to avoid; the pattern must not match parts of other words. */
interface Word {
  readonly avoid: RegExp;
  readonly use: string;
}

const words: readonly Word[] = [
  { avoid: /\banew\b/iu, use: "again" },
  { avoid: /\bunless told\b/iu, use: "by default" },
  { avoid: /\b(?:held|holds?|holding)\b[^.]{0,40}\bagainst\b/iu, use: "check or validate" },
  { avoid: /\bwhoever\b/iu, use: "the user, operator or caller" },
  { avoid: /\bsomebody\b/iu, use: "a user, operator or caller" },
  { avoid: /\ballowPeople\b/u, use: "allowAccountViaService" },
  { avoid: /\bpeople\b/iu, use: "users, operators or callers" },
  { avoid: /(?<!\b(?:let|leave|left|stands?) )\balone\b/iu, use: "only" },
  { avoid: /\bstand-?ins?\b/iu, use: "shim, stub or fake" },
  { avoid: /\blean(?:-web|[A-Z]\w*)/u, use: "web-shims, Lightweight…" },
  { avoid: /\bLean[A-Z]\w*/u, use: "Lightweight…" },
  { avoid: /\bwork-?ahead\b|\bwork ahead\b|\bLeftOut\b/iu, use: "init tasks, FailedInitTask" },
  { avoid: /\brehears\w+ (?:an? |the )?(?:\S+ )?requests?\b/iu, use: "priming" },
  { avoid: /\binvented\b|\bpretend\w*/iu, use: "synthetic, or stub" },
  { avoid: /\bExternalGreeter\b/u, use: "the route's name" },
  { avoid: /\banswerError\b|\bsecureAnswers\b/u, use: "onError, securityHeaders" },
  { avoid: /\bwrittenSettings\b/u, use: "rawSettings" },
  { avoid: /\bpersonal (?:stage|one)s?\b|\bpersonal\.\w/iu, use: "developer stage" },
  { avoid: /\bwire(?:\.ts|\()/u, use: "createServices" },
  { avoid: /\brelays\b/iu, use: "subscription queue" },
  { avoid: /\bhand-?overs?\b/iu, use: "delivery, deliver" },
  { avoid: /failure-?log/iu, use: "delivery status log" },
  { avoid: /\bwarden\w*/iu, use: "process reaper" },
  { avoid: /child-?group/iu, use: "process group" },
  { avoid: /run-?folder/iu, use: "run directory" },
  { avoid: /running-cloud/u, use: "cloud registry" },
  { avoid: /\baloneInFolder\b/u, use: "withDeploymentLock, tryAcquire" },
  { avoid: /\bnotices?(?=[:(,[?]| =)|\bNotices?\b|\bDifferent from AWS\b/u, use: "limitations" },
  { avoid: /\btall(?:y|ies)\b/iu, use: "rule metrics" },
  { avoid: /verdict/iu, use: "decision" },
  { avoid: /\blab\b|\bLab(?!el)\w*|roomy/u, use: "fixture; unthrottled app" },
  { avoid: /\bconversations?\b/iu, use: "request adapter" },
  { avoid: /(?<!\.)\bmake[A-Z]\w*/u, use: "create…" },
];

/** Files that must name the words, and generated ones. */
const exempt = new Set(["scripts/texts/words.ts", "tests/texts/words.test.ts", "docs/bench.svg"]);

/** AWS's own terms and quotations: what is left of a line without them is checked. */
const allowed: readonly RegExp[] = [];

/** Every use of such a word in a file's name and lines, as a message. */
export function findWords(file: string, text: string): readonly string[] {
  if (exempt.has(file) || file.endsWith("package-lock.json")) return [];
  return [
    ...inLine(file).map((found) => `${file}: the file's name has ${found}`),
    ...text
      .split("\n")
      .flatMap((line, at) => inLine(line).map((found) => `${file}:${at + 1}: ${found}`)),
  ];
}

function inLine(line: string): readonly string[] {
  const rest = allowed.reduce((left, term) => left.replaceAll(term, ""), line);
  return words.flatMap(({ avoid, use }) => {
    const found = avoid.exec(rest);
    return found === null ? [] : [`"${found[0]}": use ${use}`];
  });
}
