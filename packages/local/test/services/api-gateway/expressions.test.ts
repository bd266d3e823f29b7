/** Regular expressions of ECMA 262 translated to RE2: the same meaning, or rejected. */
import { describe, expect, it } from "vitest";
import {
  ConfigurationError,
  UnsupportedConfigurationError,
} from "../../../src/services/api-gateway/store/configuration-errors.ts";
import { compileExpression } from "../../../src/services/api-gateway/store/expressions.ts";
import { readSchema } from "../../../src/services/api-gateway/store/json-schema.ts";
import { compileModels } from "../../../src/services/api-gateway/store/models.ts";
import { putOne } from "./gateway-harness.ts";

const raw = String.raw;

describe("a regular expression means what it means in JavaScript", () => {
  const texts = [
    "",
    "a",
    "aab",
    "A1_",
    "a b",
    "a\u00a0b",
    "a\ufeffb",
    "a\nb",
    "a\u2028b",
    "end\n",
    "é",
    "字",
    "ſ",
    "😀",
    "\ud83d",
    "a-b",
    "a/b",
    "[x]",
    "^",
    "\u0008",
    "\u0000",
    "\u0001",
    "\v",
    "2026-11-29",
    "user@example.com",
    ".*+?",
  ];
  it.each([
    "",
    "a",
    "^a$",
    "^a*b$",
    "a|é",
    "^(?:a|aa)+b?$",
    "^(a)(b)?$",
    "(?<first>a)b",
    "a+?b",
    "^.$",
    "^..$",
    "^[^a]$",
    "end$",
    "^[a-z]{1,3}$",
    "^[[x]",
    raw`[\]]`,
    raw`^\[x\]$`,
    raw`\s`,
    raw`\S{3}`,
    raw`[\s]`,
    raw`^[^\s]+$`,
    raw`\bb`,
    raw`\B`,
    raw`[\b]`,
    raw`^\w+$`,
    raw`\W`,
    raw`[\d\D]`,
    raw`^\d{4}-\d{2}-\d{2}$`,
    raw`^[\w.+-]+@[\w-]+\.[a-z]{2,}$`,
    raw`^[^@\s]+@[^@\s]+$`,
    raw`a\/b`,
    raw`a[\-x]b`,
    raw`\x61`,
    raw`\u00e9`,
    raw`\u{5b57}`,
    raw`\u{1F600}`,
    raw`\ud83d\ude00`,
    raw`[\u{1F600}-\u{1F64F}]`,
    raw`\0`,
    raw`\cA`,
    raw`\v`,
    raw`^\p{L}+$`,
    raw`\P{L}`,
    raw`[\p{Lu}\p{Nd}]`,
    raw`^\p{Script=Han}$`,
    raw`\p{gc=So}`,
    raw`\^`,
    raw`\.\*\+\?`,
  ])("%s", (expression) => {
    const expected = new RegExp(expression, "u");
    const whole = new RegExp(`^(?:${expression})$`, "u");
    const compiled = compileExpression(expression);
    expect(texts.filter((text) => compiled.test(text))).toEqual(
      texts.filter((text) => expected.test(text)),
    );
    expect(texts.filter((text) => compiled.matches(text))).toEqual(
      texts.filter((text) => whole.test(text)),
    );
  });
});

it.each(["(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "(.*a){12}$", "^(([a-z])+.)+[A-Z]$"])(
  "a model with %s takes time in proportion to a body, and to names in it",
  (pattern) => {
    const text = `${"a".repeat(16_384)}!`;
    const schema = { type: "object", properties: { a: { pattern } } };
    const models = [schema, { patternProperties: { [pattern]: { type: "null" } } }].map(
      (each, at) =>
        [
          String(at),
          { id: "m", name: `M${at}`, schema: readSchema(JSON.stringify(each)) },
        ] as const,
    );
    const validators = compileModels({ id: "api", models: new Map(models) });
    expect(validators.get("M0")?.({ a: text })?.paths).toBe("[#/properties/a/pattern]");
    expect(validators.get("M1")?.({ [text]: 1 })).toBeUndefined();
  },
);

describe("what RE2 does not have is rejected, and named", () => {
  it.each([
    ["a(?=b)", "(?=b)"],
    ["a(?!b)", "(?!b)"],
    ["(?<=a)b", "(?<=a)b"],
    ["(?<!a)b", "(?<!a)b"],
    [raw`(a)\1`, raw`\1`],
    [raw`(?<n>a)\k<n>`, raw`\k<n>`],
    ["(?i:a)", "(?i:a)"],
    ["a[]", "[]"],
    ["a[^]", "[^]"],
    [raw`[\S]`, raw`\S]`],
    [raw`\ud800`, raw`\ud800`],
    [raw`\p{Script_Extensions=Han}`, raw`\p{Script_Extensions=Han}`],
    [raw`\p{Emoji}`, raw`\p{Emoji}`],
    [raw`\p{Letter}`, raw`\p{Letter}`],
    ["a{1001}", "a{1001}"],
  ])("%s", (expression, rest) => {
    const rejects = (put: () => unknown) => {
      expect(put).toThrow(UnsupportedConfigurationError);
      expect(put).toThrow(`the regular expression "${expression}" from "${rest}" on`);
    };
    const { apis, restApiId } = putOne();
    rejects(() => compileExpression(expression));
    rejects(() =>
      apis.putModel({ restApiId, name: "A", schema: JSON.stringify({ pattern: expression }) }),
    );
    rejects(() =>
      apis.putAuthorizer({
        restApiId,
        name: "A",
        type: "COGNITO_USER_POOLS",
        providerArns: ["arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Abc"],
        identityValidationExpression: expression,
      }),
    );
  });
});

it.each(["(", "a{2,1}", "[z-a]", raw`\p{Nothing}`, "a++"])(
  "%s is no regular expression",
  (text) => {
    expect(() => compileExpression(text)).toThrow(ConfigurationError);
  },
);
