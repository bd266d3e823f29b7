/**
 * Masks what is personal or secret in the record of a request: tokens, and the names and e-mail addresses
 * that it has sent, wherever they occur again (in its response, in lines of logs).
 */
import type { Message } from "./message.ts";

/** What stands in the place of what is masked. */
export const mask = "***";

const secretHeaders =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-amz-security-token)$/i;

/** Fields of a body and parameters of a query whose values are about a person, or secret. */
const personalField = /name|mail|phone|user|address|birth|password|secret|token|code|key|session/i;

// Neither pattern is tried again inside what it has scanned: that would take quadratic time.
const email = /(?<![\w.+%-])[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g;
const jwt = /\beyJ[\w-]+(?:\.[\w-]*){0,4}/g;
const inUrl = /:\/\/[^\s/@:]*:[^\s/@]*@/g;

/** How many values are looked for; of a request that sent more, everything is masked. */
const mostValues = 30;

/** Masks texts and messages. */
export interface Masking {
  readonly text: (text: string) => string;
  readonly headers: (headers: Message["headers"]) => Message["headers"];
  readonly body: (body: string) => string;
}

/** Masks nothing. */
export const revealing: Masking = {
  text: (text) => text,
  headers: (headers) => headers,
  body: (body) => body,
};

/** Masks tokens, credentials in URLs and addresses of e-mail, which are known by their form. */
export function maskPersonal(text: string): string {
  return text.replace(jwt, mask).replace(inUrl, `://${mask}@`).replace(email, mask);
}

/** Masks everything, and says how long it was. */
export const hiding: Masking = {
  text: hidden,
  headers: (headers) => headers.map(([name]) => [name, mask]),
  body: hidden,
};

/** What of a request tells what is personal or secret in it. */
export interface Sent {
  readonly target?: string;
  readonly headers?: Message["headers"];
  /** Bodies that went in or out, as texts. */
  readonly bodies?: readonly string[];
}

/** The masking of one request. */
export function maskingOf({ target = "", headers = [], bodies = [] }: Sent): Masking {
  const values = [
    ...new Set([...bodies.flatMap(personalIn), ...personalInQuery(target), ...secretsIn(headers)]),
  ];
  if (values.length > mostValues) return hiding;
  const known = [...new Set(values.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const text = (given: string) => known.reduce(withoutValue, maskPersonal(given));

  return {
    text,
    headers: (shown) =>
      shown.map(([name, value]) => [name, secretHeaders.test(name) ? mask : text(value)]),
    // What is personal in a body that is not JSON cannot be told.
    body: (given) => (given === "" || parsed(given) !== undefined ? text(given) : hidden(given)),
  };
}

function hidden(text: string): string {
  return text === "" ? "" : `${mask} (${text.length})`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A string of JSON as it stands in a text. */
const literal = /"(?:[^"\\]|\\.)*"/g;

/**
 * The personal texts of a body of JSON, and how it has written them: `"\u0041da"` is "Ada" as well. Of any
 * other body, which may be a form, it is all of it.
 */
function personalIn(body: string): string[] {
  const value = parsed(body);
  if (value === undefined) return [body, ...personalInQuery(`?${body}`)];
  const values = new Set(personalValuesIn(value));
  if (values.size === 0 || values.size > mostValues) return [...values];
  const written = (body.match(literal) ?? []).filter(
    (one) => one.includes("\\") && values.has(String(parsed(one))),
  );
  return [...values, ...written.map((one) => one.slice(1, -1))];
}

/** The texts below a personal field, or of a whole body that is no object; it may be nested as deeply as it likes. */
function personalValuesIn(body: unknown): string[] {
  const found: string[] = [];
  const open = [{ value: body, isPersonal: typeof body !== "object" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, isPersonal } = next;
    if (typeof value === "string" || typeof value === "number") {
      if (isPersonal) found.push(String(value));
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        open.push({ value: inner, isPersonal: isPersonal || personalField.test(key) });
      }
    }
  }
  return found;
}

/** The personal values of a query, decoded and as they were sent. */
function personalInQuery(target: string): string[] {
  const at = target.indexOf("?");
  if (at === -1) return [];
  return target
    .slice(at + 1)
    .split("&")
    .flatMap((pair) => {
      const sent = pair.slice(pair.indexOf("=") + 1);
      const [[key, value] = ["", ""]] = new URLSearchParams(pair);
      return personalField.test(key) ? [value, sent] : [];
    });
}

/** The values of headers that hold credentials; a scheme, and the name of a cookie, are none. */
function secretsIn(headers: Message["headers"]): string[] {
  return headers
    .filter(([name]) => secretHeaders.test(name))
    .flatMap(([, value]) => [value, ...value.split("; ").map(withoutName)]);
}

const withoutName = (value: string) => value.replace(/^(?:[\w!#$%&'*+.^`|~-]+=|\w+ )/, "");

/** A value as it can occur again: trimmed and composed, in JSON, in JSON within JSON, in a URL. */
function formsOf(value: string): string[] {
  const plain = [value, value.trim(), value.trim().normalize("NFC")];
  const encoded = plain.flatMap((one) => [
    inJson(one),
    inJson(inJson(one)),
    encodeURIComponent(one.toWellFormed()),
    encodeURIComponent(one.toWellFormed()).replaceAll("%20", "+"),
  ]);
  return [...plain, ...encoded].filter((one) => !isMark.test(one));
}

/** Blanks and punctuation identify no person, and occur in every text. */
const isMark = /^[\s!-/:-@[-`{-~]*$/;

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

const endsInWord = /[\p{L}\p{N}]$/u;
const beginsInWord = /^[\p{L}\p{N}]/u;

/** Masks a value where it is not part of a longer word: a name may be one letter. */
function withoutValue(text: string, value: string): string {
  const [begins, ends] = [beginsInWord.test(value), endsInWord.test(value.slice(-2))];
  const parts: string[] = [];
  let kept = 0;
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at)) {
    const end = at + value.length;
    const isPart =
      (begins && endsInWord.test(text.slice(Math.max(0, at - 2), at))) ||
      (ends && beginsInWord.test(text.slice(end, end + 2)));
    if (!isPart) {
      parts.push(text.slice(kept, at), mask);
      kept = end;
    }
    at = isPart ? at + 1 : end;
  }
  return [...parts, text.slice(kept)].join("");
}
