/** Documents and text in XML 1.0, which cannot hold every character (https://www.w3.org/TR/xml/#charsets). */

const characters = String.raw`\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}`;
const notInXml = new RegExp(`[^${characters}]`, "gu");
const xmlText = new RegExp(`^[${characters}]*$`, "u");

/** Whether XML can hold every character of a text. */
export function isXmlText(text: string): boolean {
  return xmlText.test(text);
}

/** Escapes text for XML content; a character that XML cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replaceAll(notInXml, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // Parsers turn a bare carriage return into a line feed.
      .replaceAll("\r", "&#xD;")
  );
}

/** What an element can hold; a list is the element again and again. */
export type XmlValue =
  string | number | boolean | undefined | XmlValue[] | { readonly [element: string]: XmlValue };

/** The elements of a structure's members. */
export function xmlOf(members: { readonly [element: string]: XmlValue }): string {
  return Object.entries(members)
    .map(([name, value]) => elementOf(name, value))
    .join("");
}

function elementOf(name: string, value: XmlValue): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => elementOf(name, item)).join("");
  const content = typeof value === "object" ? xmlOf(value) : escapeXml(String(value));
  return `<${name}>${content}</${name}>`;
}

/** Decodes the content of an XML element; undefined if it is not well-formed. */
export function unescapeXml(content: string): string | undefined {
  const text = content.replaceAll(
    /&(?:([^;&]*);)?/g,
    // NUL, which XML cannot hold, where there is no such character.
    (_, reference: string | undefined) => characterOf(reference ?? "") ?? "\0",
  );
  return isXmlText(text) ? text : undefined;
}

const entities = new Map(Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }));

/** The character that a reference names, such as `lt`, `#60` or `#x3c`; undefined for none. */
function characterOf(reference: string): string | undefined {
  if (!reference.startsWith("#")) return entities.get(reference);
  const [, decimal, hex] = /^#(?:(\d+)|(x[\da-fA-F]+))$/.exec(reference) ?? [];
  const code = Number(decimal ?? `0${hex ?? ""}`);
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  return character !== undefined && isXmlText(character) ? character : undefined;
}
