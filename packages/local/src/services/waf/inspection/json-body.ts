/** The keys and values of a JSON body (WAF/waf-rule-statement-fields-list). Text is Latin-1. */
import type { JsonBody } from "../settings/field-to-match.ts";

/** An object or array that is being parsed. */
interface Frame {
  readonly isObject: boolean;
  /** Whether it is within one of the included paths. */
  readonly isIncluded: boolean;
  /** What is left of the included paths that lead further inside. */
  readonly paths: readonly (readonly string[])[];
  readonly keys: Set<string>;
  /** The key or index of the value that comes next. */
  next: string;
  count: number;
}

/** One of the three is set. */
interface Token {
  readonly mark: string | undefined;
  readonly string: string | undefined;
  readonly scalar: string | undefined;
  /** Where the next one begins. */
  readonly end: number;
}

type Expected = "value" | "firstValue" | "key" | "firstKey" | "colon" | "comma" | "nothing";

const tokenPattern =
  /[ \t\n\r]*(?:([{}[\],:])|"((?:[ !#-[\]-\xff]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*)"|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/**
 * The texts to inspect; or whether the statement matches, when the body is no complete JSON and a
 * fallback says so. Without one the texts before the error are inspected. An error is, as on AWS,
 * also a key that comes twice and a root that is neither an object nor an array. Stricter than on
 * AWS, which overlooks some missing commas and colons.
 */
export function jsonTexts(body: string, settings: JsonBody): readonly string[] | boolean {
  if (body === "") return [];
  const { texts, isComplete } = parse(body, settings);
  const fallback = settings.invalidFallbackBehavior;
  if (isComplete || fallback === undefined) return texts;
  return fallback === "EVALUATE_AS_STRING" ? [body] : fallback === "MATCH";
}

function parse(body: string, { paths, matchScope }: JsonBody) {
  const texts: string[] = [];
  const frames: Frame[] = [];

  function open(isObject: boolean): Expected {
    const parent = frames.at(-1);
    const left = parent ? pathsInside(parent) : paths;
    frames.push({
      isObject,
      isIncluded: parent?.isIncluded === true || left === undefined || left.some(isEnd),
      paths: left ?? [],
      keys: new Set(),
      next: "0",
      count: 0,
    });
    return isObject ? "firstKey" : "firstValue";
  }

  function endValue(frame: Frame): Expected {
    frame.count += 1;
    if (!frame.isObject) frame.next = String(frame.count);
    return "comma";
  }

  function close(): Expected {
    frames.pop();
    const parent = frames.at(-1);
    return parent ? endValue(parent) : "nothing";
  }

  function takeKey(frame: Frame, key: string): Expected | undefined {
    if (frame.keys.has(key)) return undefined;
    frame.keys.add(key);
    frame.next = key;
    if (frame.isIncluded && matchScope !== "VALUE") texts.push(key);
    return "colon";
  }

  function takeScalar(frame: Frame, text: string): Expected {
    const isIncluded = frame.isIncluded || pathsInside(frame).some(isEnd);
    if (isIncluded && matchScope !== "KEY") texts.push(text);
    return endValue(frame);
  }

  /** What is expected next; undefined for a token that is an error at its place. */
  function take(expected: Expected, { mark, string, scalar = "" }: Token): Expected | undefined {
    const frame = frames.at(-1);
    const isValue = expected === "value" || expected === "firstValue";
    if (isValue && (mark === "{" || mark === "[")) return open(mark === "{");
    if (mark === ":" && expected === "colon") return "value";
    if (!frame) return undefined;
    if (mark === (frame.isObject ? "}" : "]") && isEndExpected(expected)) return close();
    if (mark === "," && expected === "comma") return frame.isObject ? "key" : "value";
    if (mark !== undefined) return undefined;
    if (isValue) return takeScalar(frame, string === undefined ? scalar : decode(string));
    const isKey = expected === "key" || expected === "firstKey";
    return isKey && string !== undefined ? takeKey(frame, decode(string)) : undefined;
  }

  let expected: Expected | undefined = "value";
  let at = 0;
  while (expected !== undefined && expected !== "nothing") {
    const token = readToken(body, at);
    if (token === undefined) return { texts, isComplete: false };
    at = token.end;
    expected = take(expected, token);
  }
  return { texts, isComplete: expected === "nothing" && /^[ \t\n\r]*$/.test(body.slice(at)) };
}

function readToken(body: string, at: number): Token | undefined {
  tokenPattern.lastIndex = at;
  const found = tokenPattern.exec(body);
  if (!found) return undefined;
  const [, mark, string, scalar] = found;
  return { mark, string, scalar, end: tokenPattern.lastIndex };
}

const isEndExpected = (expected: Expected) =>
  expected === "comma" || expected === "firstKey" || expected === "firstValue";

const isEnd = (path: readonly string[]) => path.length === 0;

function pathsInside({ paths, next }: Frame): (readonly string[])[] {
  return paths.filter(([first]) => first === next).map((path) => path.slice(1));
}

/** A string without its escapes, as UTF-8. */
function decode(string: string): string {
  return string.replaceAll(/(?:\\u[\dA-Fa-f]{4})+|\\./g, (escapes) =>
    Buffer.from(String(JSON.parse(`"${escapes}"`)), "utf8").toString("latin1"),
  );
}
