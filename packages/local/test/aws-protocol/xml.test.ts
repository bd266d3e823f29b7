/** Text in XML. */
import { expect, test } from "vitest";
import { escapeXml, isXmlText, unescapeXml } from "../../src/aws-protocol/xml.ts";

test.each(["plain", `a<b> & "c"'`, "\t\r\n", "&amp;", "Zoë 😀 𐐷", "\u{10ffff}\ufffd\ud7ff\ue000"])(
  "%j is the same after both",
  (text) => {
    expect(isXmlText(text)).toBe(true);
    expect(unescapeXml(escapeXml(text))).toBe(text);
    expect(escapeXml(text)).not.toMatch(/[<>\r]/);
  },
);

// Source: https://www.w3.org/TR/xml/#charsets
test.each(["\u0000", "\u0008", "\u000b", "\u001f", "\ufffe", "\uffff", "\ud800", "\udfff\ud800"])(
  "%j is not in XML: U+FFFD stands in its place",
  (text) => {
    expect(isXmlText(`a${text}`)).toBe(false);
    expect(escapeXml(`a${text}`)).toBe(`a${"\ufffd".repeat(text.length)}`);
    expect(unescapeXml(`a${text}`)).toBeUndefined();
  },
);

// Source: https://www.w3.org/TR/xml/#sec-references
test.each([
  "&",
  "a & b",
  "&;",
  "&#;",
  "&#x;",
  "&#-1;",
  "&#1e3;",
  "&#X41;",
  "&#x110000;",
  "&#xD83D;&#xDE00;",
  "&#0;",
  "&nbsp;",
  "&constructor;",
  "&lt",
])("%j is no reference", (content) => {
  expect(unescapeXml(content)).toBeUndefined();
});

test("references are read once", () => {
  expect(unescapeXml("&#38;lt;&#x1F600;&quot;&apos;")).toBe(`&lt;😀"'`);
});
