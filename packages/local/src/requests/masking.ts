/**
 * Masks what is personal or secret in the record of a request: tokens, and the names and e-mail addresses
 * that it has sent, wherever they occur again (in its response, in lines of logs).
 */
import type { Message } from "./message.ts";

const mask = "***";

const secretHeaders =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-amz-security-token)$/i;

/** Fields of a body and parameters of a query whose values are about a person, or secret. */
const personalField = /name|mail|phone|user|address|birth|password|secret|token|code|key|session/i;

// Neither pattern is tried again inside what it has scanned: that would take quadratic time.
const email = /(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g;
const jwt = /\beyJ[\w-]+(?:\.[\w-]*){0,4}/g;

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

/** Masks tokens and addresses of e-mail, which are known by their form. */
export function maskPersonal(text: string): string {
  return text.replace(jwt, mask).replace(email, mask);
}

/** Masks everything, and says how long it was. */
const hiding: Masking = {
  text: hidden,
  headers: (headers) => headers.map(([name]) => [name, mask]),
  body: hidden,
};

/** The masking of one request, by its target and its body. */
export function maskingOf(target: string, body: string): Masking {
  const values = [...new Set([...personalIn(parsed(body)), ...personalInQuery(target)])];
  if (values.length > mostValues) return hiding;
  const known = [...new Set(values.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const text = (given: string) => known.reduce(withoutValue, maskPersonal(given));

  return {
    text,
    headers: (headers) =>
      headers.map(([name, value]) => [name, secretHeaders.test(name) ? mask : text(value)]),
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

/** The texts below a personal field, or of a whole body that is no object; it may be nested as deeply as it likes. */
function personalIn(body: unknown): string[] {
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

function personalInQuery(target: string): string[] {
  const query = new URLSearchParams(target.slice(target.indexOf("?") + 1));
  return [...query].flatMap(([key, value]) => (personalField.test(key) ? [value] : []));
}

/** A value as it can occur again: trimmed and composed, in JSON, in a URL. */
function formsOf(value: string): string[] {
  const plain = [value, value.trim(), value.trim().normalize("NFC")];
  const encoded = plain.flatMap((one) => [
    JSON.stringify(one).slice(1, -1),
    encodeURIComponent(one.toWellFormed()),
    encodeURIComponent(one.toWellFormed()).replaceAll("%20", "+"),
  ]);
  return [...plain, ...encoded].filter((one) => one !== "");
}

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
