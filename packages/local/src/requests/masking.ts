/**
 * Masks what is personal or secret in the record of a request: tokens, and the names and e-mail addresses
 * that it has sent, wherever they stand again (in its response, in lines of logs).
 */
import type { Message } from "./message.ts";

const mask = "***";

const secretHeaders =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-amz-security-token)$/i;

/** Fields of a body and parameters of a query whose values are about a person, or secret. */
const personalField = /name|mail|phone|user|address|birth|password|secret|token|code|key|session/i;

const email = /[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g;
const jwt = /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;

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

/** The masking of one request, by its target and its body. */
export function maskingOf(target: string, body: string): Masking {
  const values = [...personalIn(parsed(body)), ...personalInQuery(target)];
  const known = [...new Set(values.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const wherever = known.map((value) => new RegExp(bounded(value), "gu"));

  const text = (given: string) =>
    wherever.reduce((masked, value) => masked.replace(value, mask), maskPersonal(given));

  return {
    text,
    headers: (headers) =>
      headers.map(([name, value]) => [name, secretHeaders.test(name) ? mask : text(value)]),
    // Nobody knows what is personal in a body that is not JSON.
    body: (given) =>
      given === "" || parsed(given) !== undefined ? text(given) : `${mask} (${given.length})`,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The texts below a personal field, or of a whole body that is no object. */
function personalIn(value: unknown, isPersonal = typeof value !== "object"): string[] {
  if (typeof value === "string" || typeof value === "number") {
    return isPersonal ? [String(value)] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    personalIn(inner, isPersonal || personalField.test(key)),
  );
}

function personalInQuery(target: string): string[] {
  const query = new URLSearchParams(target.slice(target.indexOf("?") + 1));
  return [...query].flatMap(([key, value]) => (personalField.test(key) ? [value] : []));
}

/** A value as it can stand again: trimmed and composed, in JSON, in a URL. */
function formsOf(value: string): string[] {
  const plain = [value, value.trim(), value.trim().normalize("NFC")];
  const encoded = plain.flatMap((one) => [
    JSON.stringify(one).slice(1, -1),
    encodeURIComponent(one.toWellFormed()),
    encodeURIComponent(one.toWellFormed()).replaceAll("%20", "+"),
  ]);
  return [...plain, ...encoded].filter((one) => one !== "");
}

/** Matches a value that is not part of a longer word: a name may be one letter. */
function bounded(value: string): string {
  const start = /^[\p{L}\p{N}]/u.test(value) ? "(?<![\\p{L}\\p{N}])" : "";
  const end = /[\p{L}\p{N}]$/u.test(value) ? "(?![\\p{L}\\p{N}])" : "";
  return `${start}${value.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}${end}`;
}
