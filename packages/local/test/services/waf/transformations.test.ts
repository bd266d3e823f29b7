/**
 * Text transformations.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
 */
import { describe, expect, it } from "vitest";
import { applyTransformations } from "../../../src/services/waf/inspection/transformations.ts";
import { createWaf } from "../../../src/services/waf/waf.ts";
import type { TextTransformation } from "../../../src/services/waf/settings/text-transformations.ts";
import { ask, blocks, guard, environment } from "./web-acls.ts";

describe("a text transformation", () => {
  it.each<[TextTransformation, string, string]>([
    ["NONE", " A%41 ", " A%41 "],
    ["LOWERCASE", "ABC\u00c9", "abc\u00c9"],
    ["URL_DECODE", "%2e%2E/+a%zz%4", "../ a%zz%4"],
    ["COMPRESS_WHITE_SPACE", "a\t\n\r\f\v\u00a0 b", "a b"],
    ["HTML_ENTITY_DECODE", "&lt;&GT;&quot;&#x41;&#65;&nbsp;&amp;", '<>"AA\u00a0&amp;'],
    ["HTML_ENTITY_DECODE", "&#x4e2d;", "&#x4e2d;"],
    ["CMD_LINE", `C^A"T  /etc;ls (x`, "cat/etc ls(x"],
    ["NORMALIZE_PATH", "//a/./b/../c//d", "/a/c/d"],
    ["NORMALIZE_PATH", "../../a/..", "../../"],
    ["REMOVE_NULLS", "a\0b", "ab"],
    ["REPLACE_NULLS", "a\0b", "a b"],
    ["REPLACE_COMMENTS", "a/* x */b/**/c*/d/* open", "a b c*/d "],
  ])("%s makes of %j %j", (type, text, expected) => {
    expect(applyTransformations(text, [type])).toBe(expected);
  });

  // Every other type of https://docs.aws.amazon.com/waf/latest/APIReference/API_TextTransformation.html
  it.each([
    "BASE64_DECODE",
    "BASE64_DECODE_EXT",
    "CSS_DECODE",
    "ESCAPE_SEQ_DECODE",
    "HEX_DECODE",
    "JS_DECODE",
    "MD5",
    "NORMALIZE_PATH_WIN",
    "SQL_HEX_DECODE",
    "URL_DECODE_UNI",
    "UTF8_TO_UNICODE",
  ])("%s is not applied, and rejected by name", (type) => {
    const content = { fieldToMatch: { body: {} }, textTransformations: [{ priority: 0, type }] };
    const size = { sizeConstraintStatement: { ...content, comparisonOperator: "GT", size: 1 } };
    const put = () => guard(createWaf(environment), [blocks(size)]);
    expect(put).toThrow(`The text transformation ${type} is not supported.`);
  });

  it("applies in the order of priorities", () => {
    const waf = createWaf(environment);
    const content = {
      fieldToMatch: { queryString: {} },
      textTransformations: [
        { priority: 2, type: "LOWERCASE" },
        { priority: 1, type: "URL_DECODE" },
      ],
    };
    const exactly = { positionalConstraint: "EXACTLY", searchString: "a" };
    guard(waf, [blocks({ byteMatchStatement: { ...content, ...exactly } })]);
    expect(ask(waf, { queryString: "%41" }).action).toBe("block");
  });

  it("is rejected without a priority of its own", () => {
    const content = {
      fieldToMatch: { queryString: {} },
      textTransformations: [
        { priority: 1, type: "LOWERCASE" },
        { priority: 1, type: "URL_DECODE" },
      ],
    };
    const exactly = { positionalConstraint: "EXACTLY", searchString: "a" };
    const put = () =>
      guard(createWaf(environment), [blocks({ byteMatchStatement: { ...content, ...exactly } })]);
    expect(put).toThrow("same priority");
  });
});
