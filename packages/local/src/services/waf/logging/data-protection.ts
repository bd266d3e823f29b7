/**
 * Data protection of a web ACL: applied to a request before log and samples get it
 * (WAF/data-protection-masking, WAF/data-protection-limitations).
 */
import { createHash } from "node:crypto";
import type { Protection } from "../settings/data-protection.ts";
import { redacted, type HttpRequestRecord } from "./http-request.ts";

/** A field of a request, with its key if it has one. */
type Place = readonly [fieldType: Protection["fieldType"], key?: string];

/**
 * Creates what protects a web ACL's requests. Where several protections meet, substitution goes before
 * hashing. Assumed: keys are compared in any case, those of cookies exactly; a cookie or argument
 * without a name is all value; a query string becomes one word or hash.
 */
export function createProtection(protections: readonly Protection[], account: string) {
  function protect(content: string, ...places: readonly Place[]): string {
    const actions = protections
      .filter((protection) => places.some((place) => covers(protection, place)))
      .map(({ action }) => action);
    if (actions.includes("SUBSTITUTION")) return redacted;
    if (!actions.includes("HASH")) return content;
    return createHash("sha256").update(`${account}${content}`).digest("base64");
  }

  function protectHeader(name: string, value: string): string {
    if (name.toLowerCase() !== "cookie") return protect(value, ["SINGLE_HEADER", name]);
    return withValues(value, ";", (cookie, own) =>
      protect(own, ["SINGLE_HEADER", name], ["SINGLE_COOKIE", cookie]),
    );
  }

  function protectArgs(args: string): string {
    const whole = args && protect(args, ["QUERY_STRING"]);
    if (whole !== args) return whole;
    return withValues(args, "&", (name, own) => protect(own, ["SINGLE_QUERY_ARGUMENT", name]));
  }

  return (request: HttpRequestRecord): HttpRequestRecord => ({
    ...request,
    headers: request.headers.map(({ name, value }) => ({
      name,
      value: protectHeader(name, value),
    })),
    args: protectArgs(request.args),
  });
}

function covers({ fieldType, fieldKeys }: Protection, [type, key = ""]: Place): boolean {
  if (fieldType !== type) return false;
  const fold = (text: string) => (type === "SINGLE_COOKIE" ? text : text.toLowerCase());
  return fieldKeys.length === 0 || fieldKeys.some((one) => fold(one) === fold(key));
}

/** A list of `name=value` with other values. */
function withValues(
  list: string,
  separator: string,
  change: (name: string, value: string) => string,
): string {
  const parts = list.split(separator).map((part) => {
    const [, name = "", value = ""] = /^\s*(?:([^=]*)=)?(.*)$/s.exec(part) ?? [];
    return value === "" ? part : part.slice(0, part.length - value.length) + change(name, value);
  });
  return parts.join(separator);
}
